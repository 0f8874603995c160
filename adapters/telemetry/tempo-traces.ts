// Traces over Tempo's HTTP API: https://grafana.com/docs/tempo/latest/api_docs/ (search with TraceQL, query by id as OTLP in JSON).
import type { CaseSpan } from '@loghunter/engine/root-cause';
import { PortError, type TraceStore } from '@loghunter/ports';
import {
  connectTelemetry,
  itemsOf,
  membersOf,
  textOf,
  type TelemetryConnection,
  type TelemetryConnectionSettings,
} from './telemetry-connection.ts';

/** Traces that are read at the same time. */
const parallelReads = 6;

/** Traces of a Tempo. */
export function createTempoTraceStore(settings: TelemetryConnectionSettings): TraceStore {
  const call = connectTelemetry('tempo', settings);
  const readTrace = async (traceId: string, signal: AbortSignal) =>
    readSpans(await call({ path: `/api/traces/${encodeURIComponent(traceId)}`, signal }));
  return {
    system: 'tempo',
    readTrace,
    async findSpans({ service, fromMs, toMs, limit, signal }) {
      const parameters = {
        q: `{ resource.service.name = ${JSON.stringify(service)} }`,
        // Whole seconds: a second too many is cut off below.
        ...{ start: String(Math.floor(fromMs / 1000)), end: String(Math.ceil(toMs / 1000)), limit: String(limit) },
      };
      const ids = readIds(await call({ path: '/api/search', parameters, signal })).slice(0, limit);
      const spans: CaseSpan[] = [];
      for (let at = 0; at < ids.length; at += parallelReads) {
        const traces = await Promise.all(ids.slice(at, at + parallelReads).map((id) => readTrace(id, signal)));
        spans.push(...traces.filter((trace) => isWithin(trace, fromMs, toMs)).flat());
      }
      return spans;
    },
  };
}

function isWithin(trace: readonly CaseSpan[], fromMs: number, toMs: number): boolean {
  return trace.some(({ startMs }) => startMs >= fromMs && startMs < toMs);
}

function readIds(answer: Awaited<ReturnType<TelemetryConnection>>): readonly string[] {
  const { traces } = membersOf(answer);
  // Tempo leaves the list out when it has found nothing.
  if (answer === null || (traces !== undefined && !Array.isArray(traces))) {
    throw new PortError({ system: 'tempo', kind: 'invalid-answer', message: 'The answer of Tempo holds no traces' });
  }
  return itemsOf(traces).flatMap((trace) => {
    const id = textOf(membersOf(trace)['traceID']).toLowerCase();
    return id === '' ? [] : [id];
  });
}

/** `batches` is what Tempo writes, `resourceSpans` what OTLP calls the same; its newer answer has them inside `trace`. */
function readSpans(answer: unknown): readonly CaseSpan[] {
  if (answer === null) {
    return [];
  }
  const outer = membersOf(answer);
  const trace = 'trace' in outer ? membersOf(outer['trace']) : outer;
  const batches = trace['batches'] ?? trace['resourceSpans'];
  if (batches !== undefined && !Array.isArray(batches)) {
    throw new PortError({ system: 'tempo', kind: 'invalid-answer', message: 'The answer of Tempo holds no spans' });
  }
  return itemsOf(batches).flatMap((batch) => {
    const { resource, scopeSpans, instrumentationLibrarySpans } = membersOf(batch);
    const service = serviceOf(resource);
    return itemsOf(scopeSpans ?? instrumentationLibrarySpans).flatMap((scope) =>
      itemsOf(membersOf(scope)['spans']).flatMap((span) => readSpan(membersOf(span), service))
    );
  });
}

function serviceOf(resource: unknown): string {
  const name = itemsOf(membersOf(resource)['attributes'])
    .map(membersOf)
    .find(({ key }) => key === 'service.name');
  return textOf(membersOf(name?.['value'])['stringValue']);
}

function readSpan(span: Readonly<Record<string, unknown>>, service: string): readonly CaseSpan[] {
  const startMs = millisecondsOf(span['startTimeUnixNano']);
  const endMs = millisecondsOf(span['endTimeUnixNano']);
  const traceId = hexOf(span['traceId']);
  const spanId = hexOf(span['spanId']);
  return startMs === null || endMs === null || traceId === '' || spanId === '' || service === ''
    ? []
    : [
        {
          ...{ traceId, spanId, service, operation: textOf(span['name']), startMs, endMs },
          parentId: hexOf(span['parentSpanId']),
        },
      ];
}

/** OTLP's own JSON has ids in hex, protobuf's JSON, which Tempo writes, in base64. */
function hexOf(value: unknown): string {
  const text = textOf(value);
  return /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i.test(text)
    ? text.toLowerCase()
    : Buffer.from(text, 'base64').toString('hex');
}

/** Nanoseconds as digits; null for anything else. */
function millisecondsOf(value: unknown): number | null {
  const digits = typeof value === 'number' ? String(value) : textOf(value);
  // Microseconds are what a double holds exactly at this size.
  return /^\d{1,19}$/.test(digits) ? Number(BigInt(digits) / 1000n) / 1000 : null;
}
