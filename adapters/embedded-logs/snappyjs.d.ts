declare module 'snappyjs' {
  /** Unpacks a block in Snappy's raw format; throws before allocating when it claims more than `maxLength` bytes, and when it is broken. */
  export function uncompress(compressed: Buffer, maxLength?: number): Buffer;
  export function compress(uncompressed: Buffer): Buffer;
}
