import { createClusterer, renderTemplate } from '@loghunter/engine/templates';
import { createLineSplitter } from '../files/line-splitter.ts';
import type { Output } from '../terminal/output.ts';

/** The cluster of every line, four bytes each: a hundred million lines fit into memory. */
interface IdList {
  add(id: number): void;
  readonly length: number;
  at(index: number): number;
}

/**
 * Reads all lines, then writes one `{"id","template"}` record per line, in order; the id is null for a line that got no
 * cluster. It waits for the end because
 * a later line may still merge two clusters.
 */
export async function clusterLines(chunks: AsyncIterable<Buffer>, output: Output): Promise<void> {
  const clusterer = createClusterer();
  const ids = createIdList();
  const splitter = createLineSplitter((line) => ids.add(clusterer.add(line)));
  for await (const chunk of chunks) {
    splitter.push(chunk);
  }
  splitter.end();

  const records = new Map<number, string>();
  for (let index = 0; index < ids.length; index++) {
    const id = clusterer.resolve(ids.at(index));
    let record = records.get(id);
    if (record === undefined) {
      // 0 stands for a line that got no cluster because there are too many already.
      record = `${JSON.stringify({ id: id === 0 ? null : id, template: renderTemplate(clusterer.templateOf(id)) })}\n`;
      records.set(id, record);
    }
    const waiting = output.write(record);
    if (waiting !== undefined) {
      await waiting;
    }
  }
  await output.flush();
}

function createIdList(): IdList {
  let ids = new Int32Array(64 * 1024);
  let length = 0;
  return {
    add(id) {
      if (length === ids.length) {
        const grown = new Int32Array(ids.length * 2);
        grown.set(ids);
        ids = grown;
      }
      ids[length++] = id;
    },
    get length() {
      return length;
    },
    at: (index) => ids[index] ?? 0,
  };
}
