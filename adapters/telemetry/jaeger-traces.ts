// Traces over the HTTP API of Jaeger's query service: https://www.jaegertracing.io/docs/1.76/architecture/apis/ (internal JSON API).
import type { CaseSpan } from '@loghunter/engine/root-cause';
import { PortError, type TraceStore } from '@loghunter/ports';
import {
  connectTelemetry,
  itemsOf,
  membersOf,
  textOf,
  type TelemetryConnectionSettings,
} from './telemetry-connection.ts';

/** Traces of a Jaeger. */
export function createJaegerTraceStore(settings: TelemetryConnectionSettings): TraceStore {
  const call = connectTelemetry('jaeger', settings);
  return {
    system: 'jaeger',
    async readTrace(traceId, signal) {
      return readTraces(await call({ path: `/api/traces/${encodeURIComponent(traceId)}`, signal }));
    },
    async findSpans({ service, fromMs, toMs, limit, signal }) {
      const parameters = {
        ...{ service, limit: String(limit) },
        // Microseconds, both ends included.
        ...{ start: String(Math.round(fromMs * 1000)), end: String(Math.round(toMs * 1000) - 1) },
      };
      return readTraces(await call({ path: '/api/traces', parameters, signal }));
    },
  };
}

/** Null is a trace that Jaeger does not have. */
function readTraces(answer: unknown): readonly CaseSpan[] {
  if (answer === null) {
    return [];
  }
  const { data } = membersOf(answer);
  if (!Array.isArray(data)) {
    throw new PortError({ system: 'jaeger', kind: 'invalid-answer', message: 'The answer of Jaeger holds no traces' });
  }
  return data.flatMap((trace) => {
    const { spans, processes } = membersOf(trace);
    const services = membersOf(processes);
    return itemsOf(spans).flatMap((span) => readSpan(membersOf(span), services));
  });
}

function readSpan(
  span: Readonly<Record<string, unknown>>,
  processes: Readonly<Record<string, unknown>>
): readonly CaseSpan[] {
  const { startTime, duration } = span;
  const traceId = textOf(span['traceID']).toLowerCase();
  const spanId = textOf(span['spanID']).toLowerCase();
  const service = textOf(membersOf(processes[textOf(span['processID'])])['serviceName']);
  if (!isTime(startTime) || !isTime(duration) || traceId === '' || spanId === '' || service === '') {
    return [];
  }
  const parent = itemsOf(span['references'])
    .map(membersOf)
    .find(({ refType }) => refType === 'CHILD_OF');
  return [
    {
      ...{ traceId, spanId, service, operation: textOf(span['operationName']) },
      parentId: textOf(parent?.['spanID']).toLowerCase(),
      startMs: startTime / 1000,
      endMs: (startTime + duration) / 1000,
    },
  ];
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
