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

/** The cluster of every line, three bytes each, in blocks: a hundred million lines fit into memory, and none is copied. */
class IdList {
  /** Lower 16 bits and the 8 above them: there are never more than some hundred thousand ids. */
  readonly #low: Uint16Array[] = [];
  readonly #high: Uint8Array[] = [];
  length = 0;

  add(id: number): void {
    const place = this.length % idsOfBlock;
    const block = Math.floor(this.length / idsOfBlock);
    if (place === 0) {
      this.#low.push(new Uint16Array(idsOfBlock));
      this.#high.push(new Uint8Array(idsOfBlock));
    }
    const low = this.#low[block];
    const high = this.#high[block];
    if (low !== undefined && high !== undefined) {
      low[place] = id & 0xffff;
      high[place] = id >> 16;
    }
    this.length++;
  }

  at(index: number): number {
    const block = Math.floor(index / idsOfBlock);
    const place = index % idsOfBlock;
    return ((this.#high[block]?.[place] ?? 0) << 16) | (this.#low[block]?.[place] ?? 0);
  }
}
