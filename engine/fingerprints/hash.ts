import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Returns 128 bits of SHA-256 over the parts, as 32 hex digits; parts are separated so that no two lists hash alike. */
export function hashOf(parts: readonly string[]): string {
  return bytesToHex(digestOf(parts).subarray(0, 16));
}

/** Returns SHA-256 over the parts; 32 bytes. */
export function digestOf(parts: readonly string[]): Uint8Array {
  // A length before each part: a separator alone could occur in the parts.
  return sha256(utf8ToBytes(parts.map((part) => `${part.length}:${part}`).join('')));
}
