// Loki's HTTP API on the embedded store. What it answers, and what not, is a table in adapters/README.md.
import { labelOf } from '@loghunter/engine/records';
import type { PushStream } from '@loghunter/ports';
import { isPortError } from '@loghunter/ports';

import { embeddedFailure, notSupportedHere, RequestTooLarge } from '../embedded-failure.ts';
import { asSeries, evaluateMetric } from '../metrics/evaluate-metric.ts';
import { labelKey } from '../metrics/series.ts';
import type { Series } from '../metrics/series.ts';
import { timesOf } from '../metrics/steps.ts';
import type { Steps } from '../metrics/steps.ts';
import { measureVolumes, readVolumeQuestion } from './answer-volume.ts';
import { readDirection, readLimit, readParameters, readRange, readStep, readTime } from './read-parameters.ts';
import { readPush } from '../push/read-push.ts';
import { readQuery, readSelector } from './read-query.ts';
import { findSelected } from '../pipeline/select-entries.ts';
import type { LogStream } from '../streams/log-stream.ts';
import type { StreamIndex } from '../streams/stream-index.ts';
import { instantAnswer, matrixAnswer, streamsAnswer, successAnswer } from './write-answer.ts';

/** What the HTTP side needs of the store. */
export interface RequestContext {
  readonly index: StreamIndex;
  readonly push: (streams: readonly PushStream[]) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Call {
  readonly context: RequestContext;
  readonly request: Request;
  readonly parameters: URLSearchParams;
}

const answers: Readonly<Record<string, (call: Call) => Response | Promise<Response>>> = {
  query: answerInstant,
  query_range: answerRange,
  labels: answerLabelNames,
  label: answerLabelNames,
  series: answerSeries,
  'index/stats': answerStats,
  'index/volume': answerVolume,
  'index/volume_range': answerVolumeRange,
  tail: () => {
    throw embeddedFailure('rejected', 'tail answers over a WebSocket only');
  },
  'status/buildinfo': () => Response.json({ version: '3.7.8', revision: 'loghunter-embedded' }),
};

/** A function that answers requests; failures become Loki's plain-text answers with status 400 or 500. */
export function createRequestHandler(context: RequestContext): (request: Request) => Promise<Response> {
  return async function handle(request) {
    try {
      return await route(context, request);
    } catch (error) {
      const isOurs = isPortError(error);
      return new Response(isOurs ? error.message : 'internal error', {
        status: statusOf(error),
        headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      });
    }
  };
}

function statusOf(error: unknown): number {
  if (error instanceof RequestTooLarge) {
    return 413;
  }
  return isPortError(error) && (error.kind === 'rejected' || error.kind === 'not-supported') ? 400 : 500;
}

async function route(context: RequestContext, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const path = /\/api\/v1\/(.+?)\/?$/.exec(pathname)?.[1];
  if (path === undefined) {
    return pathname.endsWith('/ready')
      ? new Response('ready\n')
      : new Response('404 page not found\n', { status: 404 });
  }
  if (path === 'push' && request.method === 'POST') {
    await context.push(await readPush(request));
    return new Response(null, { status: 204 });
  }
  const parameters = await readParameters(request);
  const valuesOf = /^label\/([^/]+)\/values$/.exec(path)?.[1];
  if (valuesOf !== undefined) {
    return answerLabelValues({ context, request, parameters }, decodeURIComponent(valuesOf));
  }
  const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
  if (answer === undefined) {
    throw notSupportedHere(`Loki API ${path}`);
  }
  return answer({ context, request, parameters });
}

function requireQuery(parameters: URLSearchParams): string {
  return parameters.get('query') ?? '';
}

function answerRange({ context, request, parameters }: Call): Response {
  const query = readQuery(requireQuery(parameters));
  const range = readRange(parameters, context.now());
  if (query.kind === 'log') {
    const order = { direction: readDirection(parameters), limit: readLimit(parameters) };
    return streamsAnswer(findSelected(context.index, query, range, order), wantsCategories(request));
  }
  const steps = alignedSteps(range, readStep(parameters, range));
  return matrixAnswer(asSeries(evaluateMetric(context.index, query, steps), steps));
}

/** Loki's query frontend moves the start down and the end up to a multiple of the step. */
function alignedSteps(range: { readonly fromNs: bigint; readonly toNs: bigint }, stepNs: bigint): Steps {
  const over = range.toNs % stepNs;
  return {
    startNs: range.fromNs - (range.fromNs % stepNs),
    endNs: over === 0n ? range.toNs : range.toNs + stepNs - over,
    stepNs,
  };
}

function wantsCategories(request: Request): boolean {
  const flags = request.headers.get('X-Loki-Response-Encoding-Flags') ?? '';
  return flags.split(',').some((flag) => flag.trim() === 'categorize-labels');
}

function answerInstant({ context, parameters }: Call): Response {
  const query = readQuery(requireQuery(parameters));
  if (query.kind === 'log') {
    throw embeddedFailure(
      'rejected',
      'log queries are not supported as an instant query type, please change your query to a range query type'
    );
  }
  const timeNs = readTime(parameters, 'time') ?? BigInt(Math.floor(context.now())) * 1_000_000n;
  const steps = { startNs: timeNs, endNs: timeNs, stepNs: 1n };
  return instantAnswer(evaluateMetric(context.index, query, steps), timeNs);
}

function streamsInRange({ context, parameters }: Call, selector: string | undefined): readonly LogStream[] {
  const range = readRange(parameters, context.now());
  return context.index
    .select(readSelector(selector))
    .filter((stream) => stream.between(range.fromNs, range.toNs).length > 0);
}

function answerLabelNames(call: Call): Response {
  const streams = streamsInRange(call, call.parameters.get('query') ?? undefined);
  return successAnswer([...new Set(streams.flatMap(({ labels }) => Object.keys(labels)))].sort());
}

function answerLabelValues(call: Call, name: string): Response {
  const streams = streamsInRange(call, call.parameters.get('query') ?? undefined);
  return successAnswer([...new Set(streams.flatMap(({ labels }) => labelOf(labels, name) ?? []))].sort());
}

function answerSeries(call: Call): Response {
  const selectors = [...call.parameters.getAll('match[]'), ...call.parameters.getAll('match')];
  if (selectors.length === 0) {
    throw embeddedFailure('rejected', '0 matcher groups supplied');
  }
  const streams = new Set(selectors.flatMap((selector) => streamsInRange(call, selector)));
  return successAnswer([...streams].map(({ labels }) => labels));
}

function answerStats(call: Call): Response {
  const range = readRange(call.parameters, call.context.now());
  const streams = streamsInRange(call, requireQuery(call.parameters));
  const entries = streams.flatMap((stream) => stream.between(range.fromNs, range.toNs));
  const bytes = entries.reduce((total, { line }) => total + Buffer.byteLength(line), 0);
  return Response.json({ streams: streams.length, chunks: streams.length, entries: entries.length, bytes });
}

function answerVolume({ context, parameters }: Call): Response {
  const range = readRange(parameters, context.now());
  const series = measureVolumes(context.index, readVolumeQuestion(parameters), range, range.toNs);
  return instantAnswer(series, range.toNs);
}

/** Steps end one millisecond before the next begins, as Loki has them; the last one at the end of the range. */
function answerVolumeRange({ context, parameters }: Call): Response {
  const range = readRange(parameters, context.now());
  const stepNs = readStep(parameters, range);
  const question = readVolumeQuestion(parameters);
  const joined = new Map<string, Series>();
  for (const startNs of timesOf({ startNs: range.fromNs - (range.fromNs % stepNs), endNs: range.toNs - 1n, stepNs })) {
    const nextNs = startNs + stepNs;
    const toNs = nextNs < range.toNs ? nextNs - 1_000_000n : range.toNs;
    const fromNs = startNs < range.fromNs ? range.fromNs : startNs;
    for (const { labels, points } of measureVolumes(context.index, question, { fromNs, toNs }, toNs)) {
      const key = labelKey(labels);
      joined.set(key, { labels, points: [...(joined.get(key)?.points ?? []), ...points] });
    }
  }
  const series = [...joined.values()];
  return series.some(({ points }) => points.length > 1) ? matrixAnswer(series) : instantAnswer(series, range.toNs);
}
