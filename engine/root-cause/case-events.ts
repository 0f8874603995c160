// Lines and spans as one kind of event, in the order in which a request caused them.
import { createClusterer } from '../templates/index.ts';
import { detectLevel } from '../severity/index.ts';
import type { CaseLine, CaseWindow, IncidentCase } from './incident-case.ts';

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
  readonly line: CaseLine | null;
}

/** Events of one trace or burst, oldest first. */
export interface EventGroup {
  readonly events: readonly CaseEvent[];
  /** Whether a trace id holds them together; otherwise only nearness in time does. */
  readonly isTrace: boolean;
}

/** Groups of both windows; equal statements have equal steps in both. */
export function groupEvents({ baseline, incident }: IncidentCase): {
  readonly baseline: readonly EventGroup[];
  readonly incident: readonly EventGroup[];
} {
  const steps = nameSteps([baseline.lines, incident.lines]);
  return { baseline: group(baseline, steps), incident: group(incident, steps) };
}

function nameSteps(windows: ReadonlyArray<readonly CaseLine[]>): ReadonlyMap<CaseLine, string> {
  const clusterer = createClusterer();
  const lines = windows.flat();
  const ids = lines.map(({ text, stepKey }) => (stepKey === undefined ? clusterer.add(firstLineOf(text)) : 0));
  // Resolved at the end: a later line may still merge two templates.
  return new Map(
    lines.map((line, index) => [
      line,
      // The place in the code names a statement more exactly than its cluster.
      codePlaceOf(line.text) ?? line.stepKey ?? `template ${clusterer.resolve(ids[index] ?? 0)}`,
    ])
  );
}

function firstLineOf(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

/** Place in the code that a logging pattern wrote into the line (`OrderService#42`), with the level: it names the statement exactly. */
function codePlaceOf(text: string): string | undefined {
  const head = text.slice(0, headLength);
  const place = /(?:^|[\s[(])([A-Za-z_][\w.$]*[#:]\d{1,5})(?=[\s\])]|$)/.exec(head)?.[1];
  return place === undefined ? undefined : `${place} ${isErrorLine(head) ? 'error' : ''}`;
}

function isErrorLine(text: string): boolean {
  const level = detectLevel(text.slice(0, headLength), {}, {});
  return level === 'error' || level === 'fatal';
}

function group({ lines, spans }: CaseWindow, steps: ReadonlyMap<CaseLine, string>): EventGroup[] {
  const groups = new Map<string, CaseEvent[]>();
  let burst = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    if (line.traceId === '') {
      burst += line.atMs - lastMs > burstGapMs ? 1 : 0;
      lastMs = line.atMs;
    }
    const key = line.traceId === '' ? `burst ${burst}` : line.traceId;
    const { atMs, service, spanId } = line;
    append(groups, key, { atMs, service, spanId, step: steps.get(line) ?? '', isError: isErrorLine(line.text), line });
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

function append(groups: Map<string, CaseEvent[]>, key: string, event: CaseEvent): void {
  const known = groups.get(key);
  if (known === undefined) {
    groups.set(key, [event]);
  } else {
    known.push(event);
  }
}
