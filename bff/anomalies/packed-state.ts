import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A detector's numbers as text: most of them are 0 or repeat, so that they pack well. */
export function packState(values: Float64Array): string {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return deflateRawSync(bytes, { level: 1 }).toString('base64');
}

/** The numbers of a packed state; null when it is not one. */
export function unpackState(text: string): Float64Array | null {
  try {
    const bytes = inflateRawSync(Buffer.from(text, 'base64'));
    // A copy: the buffer's place in memory need not be one of numbers.
    return new Float64Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.byteLength / 8));
  } catch {
    return null;
  }
}
