const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const exact = new Intl.NumberFormat('en');

/** Short form for lists: 48211 becomes 48.2K. */
export function shortCount(count: number): string {
  return compact.format(count);
}

export function exactCount(count: number): string {
  return exact.format(count);
}

/** `1 cluster`, `12 clusters`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${exact.format(count)} ${count === 1 ? singular : plural}`;
}

/** A ratio (0..1) in percent; what is there but rounds to nothing says so. */
export function percent(ratio: number): string {
  if (ratio > 0 && ratio < 0.001) {
    return '< 0.1 %';
  }
  const value = ratio * 100;
  return `${value >= 10 || value === 0 ? Math.round(value) : value.toFixed(1)} %`;
}
