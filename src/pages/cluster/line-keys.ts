import type { ClusterLine } from '@loghunter/contracts';

/** A key for each line, by what makes it one line: it stays the same when others arrive. Lines that are the same in everything are numbered. */
export function lineKeys(lines: readonly ClusterLine[]): readonly string[] {
  const counts = new Map<string, number>();
  return lines.map(({ timestampNs, labels, metadata, text }) => {
    const line = JSON.stringify([timestampNs, labels, metadata, text]);
    const count = (counts.get(line) ?? 0) + 1;
    counts.set(line, count);
    return `${line} ${count}`;
  });
}
