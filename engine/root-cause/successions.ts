// What follows what inside a span: how often a step came after another. Unlike plain counts this does not change when more
// or other requests come.
import type { CaseEvent, EventGroup } from './case-events.ts';

/** Stands for what is before the first step of a span. */
export const beginning = '^';
/** Stands for what is after the last step of a span. */
export const ending = '$';
/** Examples kept of a succession. */
const exampleCount = 3;

/** A step and the one before it. */
export interface Example {
  /** Null when the succession is an ending. */
  readonly event: CaseEvent | null;
  /** Null at a beginning. */
  readonly before: CaseEvent | null;
}

/** That `next` came after `step` in a service. */
export interface Succession {
  readonly service: string;
  readonly step: string;
  readonly next: string;
  /** Spans in which it happened. */
  spanCount: number;
  readonly examples: Example[];
}

/** Successions of all spans of a window. */
export interface Successions {
  readonly byKey: ReadonlyMap<string, Succession>;
  /** Spans in which a step of a service came, by {@link stepKey}. */
  readonly spanCounts: ReadonlyMap<string, number>;
}

/** Names a succession. */
export function successionKey(service: string, step: string, next: string): string {
  return `${service}\0${step}\0${next}`;
}

/** Names a step of a service. */
export function stepKey(service: string, step: string): string {
  return `${service}\0${step}`;
}

/** Counts spans, not occurrences: a loop inside one request is one observation. */
export function countSuccessions(groups: readonly EventGroup[]): Successions {
  const byKey = new Map<string, Succession>();
  const spanCounts = new Map<string, number>();
  for (const { events } of groups) {
    for (const span of splitSpans(events)) {
      countSpan(span, byKey, spanCounts);
    }
  }
  return { byKey, spanCounts };
}

function countSpan(span: readonly CaseEvent[], byKey: Map<string, Succession>, spanCounts: Map<string, number>): void {
  const service = span[0]?.service ?? '';
  const seen = new Set<string>();
  for (const step of new Set([beginning, ...span.map((event) => event.step)])) {
    const key = stepKey(service, step);
    spanCounts.set(key, (spanCounts.get(key) ?? 0) + 1);
  }
  for (let index = 0; index <= span.length; index += 1) {
    const event = span[index] ?? null;
    const before = span[index - 1] ?? null;
    const step = before?.step ?? beginning;
    const next = event?.step ?? ending;
    const key = successionKey(service, step, next);
    const succession = byKey.get(key) ?? { service, step, next, spanCount: 0, examples: [] };
    byKey.set(key, succession);
    succession.spanCount += seen.has(key) ? 0 : 1;
    seen.add(key);
    if (succession.examples.length < exampleCount) {
      succession.examples.push({ event, before });
    }
  }
}

/** Events of each span; without span ids those of each service. */
export function splitSpans(events: readonly CaseEvent[]): Iterable<readonly CaseEvent[]> {
  const spans = new Map<string, CaseEvent[]>();
  for (const event of events) {
    const key = `${event.service}\0${event.spanId}`;
    const known = spans.get(key);
    if (known === undefined) {
      spans.set(key, [event]);
    } else {
      known.push(event);
    }
  }
  return spans.values();
}
