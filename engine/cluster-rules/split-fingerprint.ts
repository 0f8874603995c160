import { hashOf } from '../fingerprints/hash.ts';

/** Value by the number of its variable place. */
export type SplitValues = ReadonlyMap<number, string>;

/** Longest value that is kept whole, in UTF-16 units; of longer ones the beginning and a hash. */
const maxWholeLength = 64;
const keptLength = 40;

/**
 * Fingerprint of the part of a cluster whose lines have these values. It says what it is part of and which values it has,
 * so that it can be told what becomes of it when some of the splits are undone.
 * @param base fingerprint of the cluster that is split
 */
export function splitFingerprint(base: string, values: SplitValues): string {
  const parts = [...values].sort(([a], [b]) => a - b).map(([place, value]) => `/${place}=${encodeURIComponent(value)}`);
  return base + parts.join('');
}

/** What {@link splitFingerprint} was made of; null for any other fingerprint. */
export function readSplitFingerprint(
  fingerprint: string
): { readonly base: string; readonly values: SplitValues } | null {
  const [base = '', ...parts] = fingerprint.split('/');
  if (parts.length === 0) {
    return null;
  }
  return {
    base,
    values: new Map(
      parts.map((part) => {
        const end = part.indexOf('=');
        return [Number(part.slice(0, end)), decodeURIComponent(part.slice(end + 1))] as const;
      })
    ),
  };
}

/** The value as it decides and is shown: blanks folded, and the end of long ones as a hash. */
export function splitValueOf(value: string): string {
  const plain = value.toWellFormed().replaceAll('\0', '\uFFFD').replaceAll(/\s+/g, ' ').trim();
  return plain.length <= maxWholeLength
    ? plain
    : `${plain.slice(0, keptLength).toWellFormed()}~${hashOf([plain]).slice(0, 16)}`;
}
