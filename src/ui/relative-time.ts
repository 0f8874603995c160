import { t } from '../translations';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const monthMs = 30 * dayMs;

interface Step {
  readonly belowMs: number;
  readonly unitMs: number;
  readonly text: (count: number) => string;
}

const steps: readonly Step[] = [
  {
    belowMs: minuteMs,
    unitMs: secondMs,
    text: (count) => t('time.ago.seconds', '{{count}} s ago', { count }),
  },
  { belowMs: hourMs, unitMs: minuteMs, text: (count) => t('time.ago.minutes', '{{count}} min ago', { count }) },
  { belowMs: 2 * dayMs, unitMs: hourMs, text: (count) => t('time.ago.hours', '{{count}} h ago', { count }) },
  { belowMs: 2 * monthMs, unitMs: dayMs, text: (count) => t('time.ago.days', '{{count}} d ago', { count }) },
  {
    belowMs: Infinity,
    unitMs: monthMs,
    text: (count) => t('time.ago.months', '{{count}} months ago', { count, defaultValue_one: '{{count}} month ago' }),
  },
];

/** How long ago a moment was: `12 s ago`, `3 h ago`; `just now` below two seconds and for a clock that runs ahead. */
export function relativeTime(momentMs: number, nowMs: number): string {
  const agoMs = nowMs - momentMs;
  const step = steps.find(({ belowMs }) => agoMs < belowMs);
  if (step === undefined || agoMs < 2 * secondMs) {
    return t('time.ago.now', 'just now');
  }
  return textOf(step, Math.floor(agoMs / step.unitMs));
}

/** Each row of a list has two of these texts, and there are few of them: looked up once, as those without values are. */
const known = new Map<Step, Map<number, string>>();

function textOf(step: Step, count: number): string {
  const texts = known.get(step) ?? new Map<number, string>();
  known.set(step, texts);
  const text = texts.get(count) ?? step.text(count);
  texts.set(count, text);
  return text;
}
