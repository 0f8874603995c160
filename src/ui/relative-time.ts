const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const steps: ReadonlyArray<{ readonly belowMs: number; readonly unitMs: number; readonly unit: string }> = [
  { belowMs: minuteMs, unitMs: secondMs, unit: 's' },
  { belowMs: hourMs, unitMs: minuteMs, unit: 'min' },
  { belowMs: 2 * dayMs, unitMs: hourMs, unit: 'h' },
  { belowMs: 60 * dayMs, unitMs: dayMs, unit: 'd' },
  { belowMs: Infinity, unitMs: 30 * dayMs, unit: 'months' },
];

/** How long ago a moment was: `12 s ago`, `3 h ago`; `just now` below two seconds and for a clock that runs ahead. */
export function relativeTime(momentMs: number, nowMs: number): string {
  const agoMs = nowMs - momentMs;
  if (agoMs < 2 * secondMs) {
    return 'just now';
  }
  const step = steps.find(({ belowMs }) => agoMs < belowMs);
  return step ? `${Math.floor(agoMs / step.unitMs)} ${step.unit} ago` : '';
}
