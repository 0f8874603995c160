const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes in three figures at most. */
export function sizeText(sizeBytes: number): string {
  const power = Math.min(units.length - 1, sizeBytes < 1 ? 0 : Math.floor(Math.log10(sizeBytes) / 3));
  const value = sizeBytes / 1000 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
