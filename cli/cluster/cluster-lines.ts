import { createClusterer, renderTemplate, type Clusterer } from '@loghunter/engine/templates';
import type { ByteOutput } from '../terminal/byte-output.ts';
import { createByteLines } from './byte-lines.ts';
import { RecordList } from './record-list.ts';

// Loki's own limit for a line; what a longer one holds beyond is of no use for grouping.
const maxLineBytes = 256 * 1024;
const idsOfBlock = 1 << 18;

/**
 * Reads all lines, then writes one `{"id","template"}` record per line, in order; the id is null for a line that got no
 * cluster. It waits for the end because a later line may still merge two clusters.
 */
export async function clusterLines(chunks: AsyncIterable<Buffer>, output: ByteOutput): Promise<void> {
  const clusterer = createClusterer();
  const ids = new IdList();
  const lines = createByteLines((bytes, from, end) => ids.add(clusterer.addBytes(bytes, from, end)), maxLineBytes);
  for await (const chunk of chunks) {
    lines.push(chunk);
  }
  lines.end();
  await writeRecords(clusterer, ids, output);
}

async function writeRecords(clusterer: Clusterer, ids: IdList, output: ByteOutput): Promise<void> {
  const records = new RecordList();
  for (let index = 0; index < ids.length; index++) {
    const id = clusterer.resolve(ids.at(index));
    if (!records.has(id)) {
      records.add(id, recordOf(clusterer, id));
    }
    const waiting = records.send(id, output.write);
    if (waiting !== undefined) {
      await waiting;
    }
  }
  await output.flush();
}

function recordOf(clusterer: Clusterer, id: number): string {
  // 0 stands for a line that got no cluster because there are too many already.
  return `${JSON.stringify({ id: id === 0 ? null : id, template: renderTemplate(clusterer.templateOf(id)) })}\n`;
}

/** The cluster of every line, four bytes each, in blocks: a hundred million lines fit into memory, and none is copied. */
class IdList {
  readonly #blocks: Int32Array[] = [];
  #block = new Int32Array();
  length = 0;

  add(id: number): void {
    const place = this.length++ % idsOfBlock;
    if (place === 0) {
      this.#block = new Int32Array(idsOfBlock);
      this.#blocks.push(this.#block);
    }
    this.#block[place] = id;
  }

  at(index: number): number {
    return this.#blocks[Math.floor(index / idsOfBlock)]?.[index % idsOfBlock] ?? 0;
  }
}
