const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in its two largest units: `4 min`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(durationMs: number): string {
  if (durationMs < minuteMs) {
    return `${Math.max(0, Math.round(durationMs / 1000))} s`;
  }
  if (durationMs < hourMs) {
    return `${Math.round(durationMs / minuteMs)} min`;
  }
  const [largeMs, large, smallMs, small] =
    durationMs < dayMs ? ([hourMs, 'h', minuteMs, 'min'] as const) : ([dayMs, 'd', hourMs, 'h'] as const);
  const rest = Math.floor((durationMs % largeMs) / smallMs);
  return `${Math.floor(durationMs / largeMs)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
