import { describe, expect, it } from 'vitest';
import { RecordList } from './record-list.ts';

describe('list of records', () => {
  it('gives back the record of every id, whatever order they came in and however long they are', () => {
    const records = new RecordList();
    const texts = new Map<number, string>([
      [0, 'null'],
      [70_000, 'x'.repeat(2_000_000)],
      [3, 'größe'],
      [500, ''],
    ]);
    for (let id = 1000; id < 40_000; id++) {
      texts.set(id, `${id} `.repeat(id % 40));
    }
    texts.forEach((text, id) => records.add(id, `${text}\n`));
    texts.forEach((text, id) => {
      expect(records.has(id)).toBe(true);
      expect(records.send(id, (bytes, from, end) => bytes.toString('utf8', from, end)) === `${text}\n`).toBe(true);
    });
    expect(records.has(4)).toBe(false);
    expect(records.has(90_000)).toBe(false);
  });
});
