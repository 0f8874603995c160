// Tempo and Jaeger are played by a server that writes what their documents publish; Prometheus itself is asked in tests/system.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maxMetricSeries } from '@loghunter/ports';
import { sampleSpans, traceStoreCases } from '@loghunter/ports/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createJaegerTraceStore, createPrometheusMetricStore, createTempoTraceStore } from './index.ts';

type Spans = typeof sampleSpans;
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const signal = new AbortController().signal;

async function serve(answer: Answer): Promise<{ readonly url: string; readonly received: IncomingMessage[] }> {
  const received: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    received.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/under/a/path`, received };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

const settingsOf = (url: string, timeoutMs = 2000) => ({ url, orgId: 'shop', token: 'a-token', timeoutMs });
const tracesOf = (spans: Spans) => [...Map.groupBy(spans, ({ traceId }) => traceId).values()];
const ownTraces = (service: string, fromMs: number, toMs: number) =>
  tracesOf(sampleSpans).filter((spans) =>
    spans.some((span) => span.service === service && span.startMs >= fromMs && span.startMs < toMs)
  );

/** As the query service of Jaeger writes a trace. */
function jaegerTrace(spans: Spans): object {
  const services = [...new Set(spans.map(({ service }) => service))];
  return {
    traceID: spans[0]?.traceId,
    spans: spans.map((span) => ({
      ...{ traceID: span.traceId, spanID: span.spanId, operationName: span.operation, flags: 1, logs: [], tags: [] },
      references: span.parentId === '' ? [] : [{ refType: 'CHILD_OF', traceID: span.traceId, spanID: span.parentId }],
      ...{ startTime: Math.round(span.startMs * 1000), duration: Math.round((span.endMs - span.startMs) * 1000) },
      ...{ processID: `p${services.indexOf(span.service) + 1}`, warnings: null },
    })),
    processes: Object.fromEntries(services.map((serviceName, n) => [`p${n + 1}`, { serviceName, tags: [] }])),
    warnings: null,
  };
}

const answerAsJaeger: Answer = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://jaeger');
  const id = /\/api\/traces\/(.+)$/.exec(pathname)?.[1];
  const found =
    id === undefined
      ? ownTraces(
          searchParams.get('service') ?? '',
          Number(searchParams.get('start')) / 1000,
          Number(searchParams.get('end')) / 1000
        )
      : tracesOf(sampleSpans.filter(({ traceId }) => traceId === id));
  if (id !== undefined && found.length === 0) {
    return send(response, 404, { data: null, errors: [{ code: 404, msg: 'trace not found' }] });
  }
  send(response, 200, { data: found.map(jaegerTrace), total: 0, limit: 0, offset: 0, errors: null });
};

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

/** As Tempo writes a trace: OTLP in protobuf's JSON. */
function tempoTrace(spans: Spans): object {
  return {
    batches: [...Map.groupBy(spans, ({ service }) => service)].map(([service, own]) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        {
          scope: { name: 'test' },
          spans: own.map(({ traceId, spanId, parentId, operation, startMs, endMs }) => ({
            ...{ traceId: base64(traceId), spanId: base64(spanId), name: operation, kind: 'SPAN_KIND_SERVER' },
            ...(parentId === '' ? {} : { parentSpanId: base64(parentId) }),
            startTimeUnixNano: String(BigInt(Math.round(startMs * 1000)) * 1000n),
            endTimeUnixNano: String(BigInt(Math.round(endMs * 1000)) * 1000n),
          })),
        },
      ],
    })),
  };
}

const answerAsTempo: Answer = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://tempo');
  if (pathname.endsWith('/api/search')) {
    const service = JSON.parse(/resource\.service\.name = (".*") \}$/.exec(searchParams.get('q') ?? '')?.[1] ?? '""');
    const found = ownTraces(service, Number(searchParams.get('start')) * 1000, Number(searchParams.get('end')) * 1000);
    const traces = found.map(([first]) => ({
      traceID: first?.traceId,
      rootServiceName: first?.service,
      durationMs: 1,
    }));
    return send(response, 200, { ...(traces.length === 0 ? {} : { traces }), metrics: { inspectedTraces: 2 } });
  }
  const id = /\/api\/traces\/(.+)$/.exec(pathname)?.[1];
  const spans = sampleSpans.filter(({ traceId }) => traceId === id);
  if (spans.length === 0) {
    return void response.writeHead(404).end();
  }
  send(response, 200, tempoTrace(spans));
};

describe('Jaeger', () => {
  test.each(traceStoreCases)('$title', async ({ run }) =>
    run(createJaegerTraceStore(settingsOf((await serve(answerAsJaeger)).url)))
  );
});

describe('Tempo', () => {
  test.each(traceStoreCases)('$title', async ({ run }) =>
    run(createTempoTraceStore(settingsOf((await serve(answerAsTempo)).url)))
  );

  test('is understood in its newer form and in OTLP’s own, with ids in hex', async () => {
    const [first] = sampleSpans;
    const otlp = {
      trace: {
        resourceSpans: [
          {
            resource: { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] },
            scopeSpans: [
              {
                spans: [
                  {
                    ...{ traceId: first?.traceId, spanId: first?.spanId, name: first?.operation },
                    startTimeUnixNano: String(BigInt(Math.round((first?.startMs ?? 0) * 1000)) * 1000n),
                    endTimeUnixNano: String(BigInt(Math.round((first?.endMs ?? 0) * 1000)) * 1000n),
                  },
                ],
              },
            ],
          },
        ],
      },
    };
    const { url } = await serve((_, response) => send(response, 200, otlp));
    expect(await createTempoTraceStore(settingsOf(url)).readTrace('4bf9', signal)).toEqual([first]);
  });
});

describe('each of them', () => {
  const range = { fromMs: 0, toMs: 60_000, signal };
  const asks = {
    jaeger: (url: string) =>
      createJaegerTraceStore(settingsOf(url, 300)).findSpans({ service: 'a', limit: 1, ...range }),
    tempo: (url: string) => createTempoTraceStore(settingsOf(url, 300)).findSpans({ service: 'a', limit: 1, ...range }),
    prometheus: (url: string) =>
      createPrometheusMetricStore(settingsOf(url, 300)).readRange({ query: 'up', stepSeconds: 60, ...range }),
  };
  const failures: ReadonlyArray<readonly [string, Answer, object]> = [
    ['an error of its own', (_, response) => send(response, 500, { error: 'broken' }), { kind: 'unavailable' }],
    ['too many requests', (_, response) => send(response, 429, 'slow down'), { kind: 'unavailable', status: 429 }],
    ['a refusal', (_, response) => send(response, 400, { error: 'parse error' }), { kind: 'rejected', status: 400 }],
    [
      'a redirect',
      (_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
      { kind: 'rejected' },
    ],
    ['a page', (_, response) => response.writeHead(200).end('<html>login</html>'), { kind: 'invalid-answer' }],
    ['another form', (_, response) => send(response, 200, { data: 'no', traces: 'no' }), { kind: 'invalid-answer' }],
    ['a list of nonsense', (_, response) => send(response, 200, [1]), {}],
    ['silence', () => undefined, { kind: 'timeout' }],
    ['half an answer', (_, response) => void response.writeHead(200, { 'Content-Length': '99' }).write('{"da'), {}],
    ['a closed connection', (request) => request.socket.destroy(), { kind: 'unavailable' }],
  ];
  const cases = Object.entries(asks).flatMap(([system, ask]) =>
    failures.map(([what, answer, error]) => ({ system, what, ask, answer, error }))
  );

  test.each(cases)('$system: $what becomes a PortError, or nothing found', async ({ system, ask, answer, error }) => {
    const { url } = await serve(answer);
    const outcome = await ask(url).catch((reason: unknown) => reason);
    if (Object.keys(error).length === 0 && Array.isArray(outcome)) {
      expect(outcome).toEqual([]);
      return;
    }
    expect(outcome).toMatchObject({ name: 'PortError', system, ...error });
    expect(String((outcome as Error).message)).not.toContain('a-token');
  });

  test('gets tenant and token in headers, and nothing but its own address', async () => {
    for (const ask of Object.values(asks)) {
      const { url, received } = await serve((_, response) => send(response, 500, {}));
      await ask(url).catch(() => undefined);
      expect(received[0]?.headers).toMatchObject({ 'x-scope-orgid': 'shop', authorization: 'Bearer a-token' });
      expect(received[0]?.url).toMatch(/^\/under\/a\/path\/api\//);
    }
  });

  test('stops when the caller does', async () => {
    const { url } = await serve(() => undefined);
    const stop = AbortSignal.timeout(50);
    const asked = createJaegerTraceStore(settingsOf(url, 5000)).readTrace('a', stop);
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('an answer of Prometheus', () => {
  const matrix = (result: readonly object[]) => ({ status: 'success', data: { resultType: 'matrix', result } });
  const read = async (body: unknown) => {
    const { url } = await serve((_, response) => send(response, 200, body));
    return createPrometheusMetricStore(settingsOf(url)).readRange({
      ...{ query: 'up', fromMs: 0, toMs: 60_000, stepSeconds: 60, signal },
    });
  };

  test('loses what is no finite number', async () => {
    const values = [[1, '2.5'], [2, 'NaN'], [3, '+Inf'], ['4', '1'], [5], null, [6, '']];
    expect(await read(matrix([{ metric: { job: 'a' }, values }]))).toEqual([
      { labels: { job: 'a' }, points: [{ atMs: 1000, value: 2.5 }] },
    ]);
  });

  test('with more series than anybody looks at is refused', async () => {
    const many = Array.from({ length: maxMetricSeries + 1 }, (_, n) => ({ metric: { n: String(n) }, values: [] }));
    await expect(read(matrix(many))).rejects.toMatchObject({ kind: 'rejected' });
  });
});
