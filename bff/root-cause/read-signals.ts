// Spans and metrics of both windows. What cannot be had is told and stops nothing: the lines are the evidence.
import type { CaseLine, CaseLoad, CaseSpan } from '@loghunter/engine/root-cause';
import { isPortError, type AnalysisWindow, type MetricStore, type TraceStore } from '@loghunter/ports';

/** Where spans and metrics come from. */
export interface SignalSources {
  /** Null: not configured. */
  readonly traces: TraceStore | null;
  readonly metrics: MetricStore | null;
  /** PromQL that gives loads in percent, guarded. */
  readonly loadQuery: string;
}

/** No sources. */
export const noSignals: SignalSources = { traces: null, metrics: null, loadQuery: '' };

/** What is asked for. */
export interface SignalRequest {
  readonly baseline: AnalysisWindow;
  readonly incident: AnalysisWindow;
  readonly lines: { readonly baseline: readonly CaseLine[]; readonly incident: readonly CaseLine[] };
  /** Empty: none is asked about. */
  readonly service: string;
  /** Empty: no trace is asked about. */
  readonly traceId: string;
  /** Labels that name services, the first that a series has. */
  readonly serviceLabels: readonly string[];
  readonly signal: AbortSignal;
}

/** One window's. */
export interface WindowSignals {
  readonly spans: readonly CaseSpan[];
  readonly loads: readonly CaseLoad[];
}

/** What was found, and why not more. */
export interface Signals {
  readonly baseline: WindowSignals;
  readonly incident: WindowSignals;
  /** Why there are no spans; empty: there are. */
  readonly traceGap: string;
  readonly loadGap: string;
  readonly loadQuery: string;
}

/** Traces of one window at most: a middle time of some dozens is steady, and each may be a question of its own. */
const maxTraces = 60;
/** Services whose traces are looked for when none is asked about: those with most lines. */
const maxServices = 4;
/** Minutes are what agents measure; a window of an hour is 60 points. */
const stepSeconds = 60;

/** Reads them. Throws only when the signal is aborted. */
export async function readSignals(sources: SignalSources, request: SignalRequest): Promise<Signals> {
  const traces = await readTraces(sources, request);
  const loads = await readLoads(sources, request);
  return {
    baseline: { spans: traces.baseline, loads: loads.baseline },
    incident: { spans: traces.incident, loads: loads.incident },
    traceGap: traces.gap,
    loadGap: loads.gap,
    loadQuery: sources.loadQuery,
  };
}

interface Found<T> {
  readonly baseline: readonly T[];
  readonly incident: readonly T[];
  readonly gap: string;
}

async function readTraces({ traces }: SignalSources, request: SignalRequest): Promise<Found<CaseSpan>> {
  if (traces === null) {
    return nothing('No store of traces is configured');
  }
  return attempt(request.signal, async () => {
    const services = request.service === '' ? busiestServices(request.lines.incident) : [request.service];
    const read = (window: AnalysisWindow) => findSpans(traces, services, window, request.signal);
    const found = { baseline: await read(request.baseline), incident: await read(request.incident) };
    const asked = request.traceId === '' ? [] : await traces.readTrace(request.traceId, request.signal);
    const incident = distinct([
      ...asked.filter(({ startMs }) => startMs >= request.incident.fromMs),
      ...found.incident,
    ]);
    const name = traces.system === 'tempo' ? 'Tempo' : 'Jaeger';
    const gap =
      incident.length === 0 ? `${name} has no traces of ${services.join(', ') || 'the lines'} in the incident` : '';
    const known = idsByDigits([...request.lines.baseline, ...request.lines.incident]);
    return {
      baseline: found.baseline.map((span) => named(span, known)),
      incident: incident.map((span) => named(span, known)),
      gap,
    };
  });
}

async function findSpans(
  traces: TraceStore,
  services: readonly string[],
  { fromMs, toMs }: AnalysisWindow,
  signal: AbortSignal
): Promise<readonly CaseSpan[]> {
  const limit = Math.ceil(maxTraces / Math.max(1, services.length));
  const spans: CaseSpan[] = [];
  for (const service of services) {
    // Not spread into arguments: traces may have more spans than a call takes.
    for (const span of await traces.findSpans({ service, fromMs, toMs, limit, signal })) {
      spans.push(span);
    }
  }
  return distinct(spans.filter(({ startMs }) => startMs >= fromMs && startMs < toMs));
}

/** In order of time, each once: traces are found by several of their services. */
function distinct(spans: readonly CaseSpan[]): readonly CaseSpan[] {
  return [...new Map(spans.map((span) => [`${span.traceId} ${span.spanId}`, span])).values()].toSorted(
    (a, b) => a.startMs - b.startMs
  );
}

function busiestServices(lines: readonly CaseLine[]): readonly string[] {
  return [...Map.groupBy(lines, ({ service }) => service)]
    .toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, maxServices)
    .map(([service]) => service);
}

/** Ids as lines have them, without zeros in front and in lower case: stores write the same id in several ways. */
function idsByDigits(lines: readonly CaseLine[]): ReadonlyMap<string, string> {
  return new Map(lines.map(({ traceId }) => [digitsOf(traceId), traceId]));
}

function named(span: CaseSpan, known: ReadonlyMap<string, string>): CaseSpan {
  return { ...span, traceId: known.get(digitsOf(span.traceId)) ?? span.traceId };
}

function digitsOf(traceId: string): string {
  return traceId.toLowerCase().replace(/^0+/, '');
}

async function readLoads(
  { metrics, loadQuery: query }: SignalSources,
  request: SignalRequest
): Promise<Found<CaseLoad>> {
  if (metrics === null) {
    return nothing('No Prometheus is configured: processor, memory and disks were not looked at');
  }
  return attempt(request.signal, async () => {
    const read = async ({ fromMs, toMs }: AnalysisWindow) => {
      const series = await metrics.readRange({ query, fromMs, toMs, stepSeconds, signal: request.signal });
      return series.flatMap(({ labels, points }) => {
        const name = [...request.serviceLabels, 'job'].find((label) => (labels[label] ?? '') !== '');
        const service = name === undefined ? '' : (labels[name] ?? '');
        // Prometheus' operator writes the namespace before the job.
        return service === ''
          ? []
          : points.map(({ atMs, value }) => ({ service: service.replace(/^.*\//, ''), atMs, percent: value }));
      });
    };
    const [baseline, incident] = [await read(request.baseline), await read(request.incident)];
    const gap = incident.length === 0 ? 'Prometheus has no processor load of any service in the incident' : '';
    return { baseline, incident, gap };
  });
}

async function attempt<T>(signal: AbortSignal, read: () => Promise<Found<T>>): Promise<Found<T>> {
  try {
    return await read();
  } catch (error) {
    if (signal.aborted || !isPortError(error)) {
      throw error;
    }
    return nothing(`It could not be asked: ${error.message}`);
  }
}

function nothing<T>(gap: string): Found<T> {
  return { baseline: [], incident: [], gap };
}
