// Lines and spans as one kind of event, in the order in which a request caused them.
import { detectLevel } from '../severity/index.ts';
import type { EvidenceLine } from './evidence-case.ts';
import type { CaseSpan } from './incident-case.ts';

/**
 * Without trace ids, lines closer than this belong together. Longer than the time limits that services commonly wait for
 * each other, because a delay that tears a burst apart hides itself.
 */
const burstGapMs = 2500;
/** Part of a line in which its level and the place in the code stand. */
const headLength = 200;

/** Something that a service did, as one step of a request. */
export interface CaseEvent {
  readonly atMs: number;
  readonly service: string;
  /** Empty when unknown. */
  readonly spanId: string;
  /** What was done: a statement that logs, or an operation that begins. */
  readonly step: string;
  readonly isError: boolean;
  /** Null for the beginning of a span. */
  readonly line: EvidenceLine | null;
}

/** Events of one trace or burst, oldest first. */
export interface EventGroup {
  readonly events: readonly CaseEvent[];
  /** Whether a trace id holds them together; otherwise only nearness in time does. */
  readonly isTrace: boolean;
}

/** Lines and spans of one window, in order of time. */
export interface WindowEvents {
  readonly lines: readonly EvidenceLine[];
  readonly spans: readonly CaseSpan[];
}

/** Groups of a window; equal statements have equal steps. */
export function groupEvents({ lines, spans }: WindowEvents): readonly EventGroup[] {
  const groups = new Map<string, CaseEvent[]>();
  let burst = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    if (line.traceId === '') {
      burst += line.atMs - lastMs > burstGapMs ? 1 : 0;
      lastMs = line.atMs;
    }
    append(groups, line.traceId === '' ? `burst ${burst}` : line.traceId, toEvent(line));
  }
  // A service that fails before its first line shows by the beginning of its span.
  for (const { traceId, startMs, service, spanId, operation } of spans) {
    groups.get(traceId)?.push({ atMs: startMs, service, spanId, step: `> ${operation}`, isError: false, line: null });
  }
  return [...groups].map(([key, events]) => ({
    events: events.sort((a, b) => a.atMs - b.atMs),
    isTrace: !key.startsWith('burst '),
  }));
}

function toEvent(line: EvidenceLine): CaseEvent {
  const { atMs, service, spanId } = line;
  const head = line.text.slice(0, headLength);
  const isError = isErrorLine(head);
  // The place in the code names a statement more exactly than its cluster.
  const place = codePlaceOf(head);
  return {
    atMs,
    service,
    spanId,
    step: place === undefined ? line.stepKey : `${place} ${isError ? 'error' : ''}`,
    isError,
    line,
  };
}

/** Place in the code that a logging pattern wrote into the line (`OrderService#42`). */
function codePlaceOf(head: string): string | undefined {
  return /(?:^|[\s[(])([A-Za-z_][\w.$]*[#:]\d{1,5})(?=[\s\])]|$)/.exec(head)?.[1];
}

function isErrorLine(head: string): boolean {
  const level = detectLevel(head, {}, {});
  return level === 'error' || level === 'fatal';
}

function append(groups: Map<string, CaseEvent[]>, key: string, event: CaseEvent): void {
  const known = groups.get(key);
  if (known === undefined) {
    groups.set(key, [event]);
  } else {
    known.push(event);
  }
}
