import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createByteOutput } from './byte-output.ts';

function collecting(): { readonly stream: Writable; readonly pieces: Buffer[] } {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      setImmediate(() => {
        // Copied late: a block that is written to again would show.
        pieces.push(Buffer.from(chunk));
        done();
      });
    },
  });
  return { stream, pieces };
}

describe('output of bytes', () => {
  it('writes everything in order in few pieces, also what is longer than a piece', async () => {
    const { stream, pieces } = collecting();
    const output = createByteOutput(stream);
    const records = Array.from({ length: 50_000 }, (_, index) => Buffer.from(`record ${index}\n`));
    records.splice(25_000, 0, Buffer.alloc(300_000, 'x'));
    for (const record of records) {
      await output.write(record, 0, record.length);
    }
    await output.flush();
    await new Promise((resolve) => stream.end(resolve));
    expect(Buffer.concat(pieces).equals(Buffer.concat(records))).toBe(true);
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
    await createByteOutput(stream).write(Buffer.alloc(300_000), 0, 300_000);
    expect(isReleased).toBe(true);
  });
});
