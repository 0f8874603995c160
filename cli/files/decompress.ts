import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { inputError } from './input-error.ts';

/** Formats that are told by their first bytes but not read. */
const otherFormats: ReadonlyArray<readonly [name: string, magic: Buffer]> = [
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
  ['bzip2', Buffer.from('BZh')],
  ['zip', Buffer.from('PK\u0003\u0004')],
  ['lz4', Buffer.from([0x04, 0x22, 0x4d, 0x18])],
];

/** Undoes gzip or zstd, told by the first bytes, not by the name. Throws one line for another compression. */
export async function* decompress(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) {
    return;
  }
  const head = first.value;
  const other = otherFormats.find(([, magic]) => head.subarray(0, magic.length).equals(magic));
  if (other !== undefined) {
    throw inputError(name, `is compressed with ${other[0]}; gzip and zstd are read`);
  }
  const all = joined(head, { [Symbol.asyncIterator]: () => iterator });
  const decompressor = decompressorOf(head);
  if (decompressor === undefined) {
    yield* all;
    return;
  }
  // Failures of either side come out of the loop over the decompressor.
  pipeline(Readable.from(copies(all)), decompressor, () => undefined);
  yield* decompressor;
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

// The decompressors read ahead, and the reader uses its buffer again.
async function* copies(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    yield Buffer.from(chunk);
  }
}

function decompressorOf(head: Buffer): Transform | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return createGunzip();
  }
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? createZstdDecompress() : undefined;
}
