declare module 'snappyjs' {
  /** Packs bytes as a block in Snappy's raw format. */
  export function compress(uncompressed: Buffer): Buffer;
}
