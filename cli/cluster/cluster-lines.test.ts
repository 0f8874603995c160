import { describe, expect, it } from 'vitest';
import { clusterLines } from './cluster-lines.ts';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}

async function cluster(text: string | Buffer, size = 100): Promise<Array<{ id: number; template: string }>> {
  let written = '';
  const output = {
    write(bytes: Buffer, from: number, end: number) {
      written += bytes.toString('utf8', from, end);
      return undefined;
    },
    flush: async () => undefined,
  };
  await clusterLines(inChunks(Buffer.from(text), size), output);
  return written
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('clustering standard input', () => {
  it('writes one record per line in order', async () => {
    const lines = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? `connection from 10.0.0.${index} closed` : `worker ${index} finished in ${index} ms`
    );
    const records = await cluster(lines.join('\n'));
    expect(records).toHaveLength(50);
    expect(new Set(records.filter((_, index) => index % 2 === 0).map(({ id }) => id)).size).toBe(1);
    expect(new Set(records.map(({ id }) => id)).size).toBe(2);
    expect(records[0]?.template).toContain('<*>');
  });

  it('writes a record for empty and broken lines too', async () => {
    const bytes = Buffer.concat([Buffer.from('a\n\n'), Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from('\u0000\n')]);
    expect(await cluster(bytes)).toHaveLength(4);
  });

  it('keeps many clusters apart over many lines', async () => {
    const wordOf = (n: number): string => n.toString(2).replaceAll('0', 'a').replaceAll('1', 'b');
    const lines = Array.from(
      { length: 140_000 },
      (_, index) => `${wordOf(index % 70_000)} ${wordOf((index * 7) % 70_000)}x`
    );
    const records = await cluster(lines.join('\n'), 65_536);
    expect(records).toHaveLength(lines.length);
    expect(records[0]?.id).toBe(records[70_000]?.id);
    expect(records[69_999]?.id).toBe(records[139_999]?.id);
    expect(Math.max(...records.slice(0, 70_000).map(({ id }) => id))).toBeGreaterThan(65_536);
  });

  it('writes nothing for no input', async () => {
    expect(await cluster('')).toEqual([]);
  });
});
