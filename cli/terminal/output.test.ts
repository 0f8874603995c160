import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createOutput } from './output.ts';

describe('output', () => {
  it('writes everything in order in few pieces', async () => {
    const pieces: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        pieces.push(String(chunk));
        setImmediate(done);
      },
    });
    const output = createOutput(stream);
    let expected = '';
    for (let index = 0; index < 50_000; index++) {
      const line = `record ${index}\n`;
      expected += line;
      await output.write(line);
    }
    await output.flush();
    await new Promise((resolve) => stream.end(resolve));
    expect(pieces.join('') === expected).toBe(true);
    expect(pieces.length).toBeLessThan(10);
  });

  it('waits while the reader is slow', async () => {
    let isReleased = false;
    const stream = new Writable({
      highWaterMark: 16,
      write(_chunk, _encoding, done) {
        setTimeout(() => {
          isReleased = true;
          done();
        }, 20);
      },
    });
    await createOutput(stream).write('x'.repeat(300_000));
    expect(isReleased).toBe(true);
  });
});
