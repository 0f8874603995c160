import { describe, expect, it } from 'vitest';
import { utcZone } from '../times/time-zone.ts';
import type { Input } from './open-input.ts';
import { readEvents } from './read-events.ts';

async function eventsOf(text: string): Promise<{ readonly texts: readonly string[]; readonly lineCount: number }> {
  async function* chunks(): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }
  const input: Input = {
    ...{ name: 'x.log', sizeBytes: null, modifiedMs: Date.UTC(2026, 10, 21), readBytes: () => 0 },
    chunks: chunks(),
  };
  const texts: string[] = [];
  const { lineCount } = await readEvents(input, { timeZone: utcZone, nowMs: 0 }, (event) => texts.push(event.text));
  return { texts, lineCount };
}

describe('events of a file', () => {
  it('keeps blank lines inside a trace, which joins what stands on both sides', async () => {
    const trace = [
      'Traceback (most recent call last):',
      '  File "/srv/a.py", line 3, in f',
      'KeyError: 3',
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      'Traceback (most recent call last):',
      '  File "/srv/a.py", line 9, in g',
      'ValueError: no such key',
    ].join('\n');
    const { texts, lineCount } = await eventsOf(`${trace}\nready\n`);
    expect(texts).toEqual([trace, 'ready']);
    expect(lineCount).toBe(10);
  });

  it('counts blank lines between events as lines, not as events', async () => {
    const { texts, lineCount } = await eventsOf('\n\nready\n\n \t\n\nstarted\n\n');
    expect(texts.map((text) => text.trim()).filter((text) => text === '')).toEqual([]);
    expect(texts).toHaveLength(2);
    expect(lineCount).toBe(8);
  });

  it('reads a file without any times in the order of its lines', async () => {
    const { texts } = await eventsOf(
      'b\na\nKeyError: x\nTraceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 3\n'
    );
    expect(texts.slice(0, 2)).toEqual(['b', 'a']);
    expect(texts.at(-1)).toContain('line 1, in f\nKeyError: 3');
  });
});
