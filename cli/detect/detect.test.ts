import { describe, expect, it } from 'vitest';
import { detectCounts } from './detect-counts.ts';
import { detectValues } from './detect-values.ts';

type Detect = typeof detectCounts;

async function run(detect: Detect, text: string): Promise<string[]> {
  let written = '';
  const output = {
    write(piece: string) {
      written += piece;
      return undefined;
    },
    flush: async () => undefined,
  };
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let start = 0; start < text.length; start += 1000) {
      yield Buffer.from(text.slice(start, start + 1000));
    }
  }
  await detect(chunks(), output);
  return written.split('\n').slice(0, -1);
}

function timeOf(minute: number): string {
  return new Date(Date.UTC(2026, 0, 5) + minute * 60_000).toISOString();
}

describe('detect counts', () => {
  it('answers every row and numbers the event of a silence', async () => {
    const days = 4;
    const rows = Array.from({ length: days * 1440 }, (_, minute) => {
      const isSilent = minute >= 5000 && minute < 5020;
      return `${timeOf(minute)},${isSilent ? 0 : 95 + ((minute * 7) % 11)},1`;
    });
    const lines = await run(detectCounts, ['timestamp,total,errors', ...rows].join('\n'));
    expect(lines).toHaveLength(rows.length);
    const firing = lines.flatMap((line, minute) => (line === '0' ? [] : [{ line, minute }]));
    expect(firing[0]?.minute).toBeGreaterThanOrEqual(5000);
    expect(firing[0]?.minute).toBeLessThanOrEqual(5003);
    expect(new Set(firing.map(({ line }) => line.split(',')[1]))).toEqual(new Set(['1']));
  });

  it.each([
    ['', 'standard input is empty'],
    ['time,count\n', 'the first line must be timestamp,total,errors'],
    ['timestamp,total,errors\nyesterday,1,0\n', 'row 2: "yesterday" is not a time'],
    ['timestamp,total,errors\n2026-01-05T00:00Z,1\n', 'row 2 has 2 fields, not 3'],
    ['timestamp,total,errors\n2026-01-05T00:00Z,-1,0\n', 'row 2: total must be a whole number'],
    ['timestamp,total,errors\n2026-01-05T00:00Z,1e400,0\n', 'row 2: total is "1e400", not a number'],
    ['timestamp,total,errors\n2026-01-05T00:00Z,3,\n', 'row 2: errors is "", not a number'],
  ])('says in one line what is wrong with %j', async (text, message) => {
    await expect(run(detectCounts, text)).rejects.toThrow(message);
  });
});

describe('detect series', () => {
  it('scores the one value that is out of range highest', async () => {
    const rows = Array.from({ length: 1000 }, (_, row) => `${timeOf(row * 5)},${row === 700 ? 900 : 50 + (row % 13)}`);
    const scores = (await run(detectValues, ['timestamp,value', ...rows].join('\n'))).map(Number);
    expect(scores).toHaveLength(1000);
    expect(scores.indexOf(Math.max(...scores))).toBe(700);
    expect(Math.max(...scores.slice(0, 700))).toBeLessThan(1);
  });
});
