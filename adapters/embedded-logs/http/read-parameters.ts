// Parameters of Loki's HTTP API, from the address or a form, with Loki's defaults.
import { parseDuration } from '@loghunter/engine/logql';
import type { NanosecondRange } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';

const nsPerSecond = 1_000_000_000n;

/** The parameters of a request. Those of a form come before those of the address. */
export async function readParameters(request: Request): Promise<URLSearchParams> {
  const inAddress = new URL(request.url).searchParams;
  const isForm = request.headers.get('Content-Type')?.startsWith('application/x-www-form-urlencoded') === true;
  if (request.method !== 'POST' || !isForm) {
    return inAddress;
  }
  return new URLSearchParams([...new URLSearchParams(await request.text()), ...inAddress]);
}

/** `start` and `end`; the last hour when they are left out. */
export function readRange(parameters: URLSearchParams, nowMs: number): NanosecondRange {
  const nowNs = BigInt(Math.floor(nowMs)) * 1_000_000n;
  const toNs = readTime(parameters, 'end') ?? nowNs;
  const fromNs = readTime(parameters, 'start') ?? toNs - 3600n * nsPerSecond;
  if (toNs < fromNs) {
    throw embeddedFailure('rejected', 'end timestamp must not be before or equal to start time');
  }
  return { fromNs, toNs };
}

/** A time parameter: nanoseconds, seconds (up to ten digits, or with a fraction), or RFC 3339; null when it is left out. */
export function readTime(parameters: URLSearchParams, name: string): bigint | null {
  const text = parameters.get(name);
  if (text === null || text === '') {
    return null;
  }
  if (/^\d+$/.test(text)) {
    return text.length <= 10 ? BigInt(text) * nsPerSecond : BigInt(text);
  }
  if (/^\d+\.\d+$/.test(text)) {
    const [seconds = '0', fraction = '0'] = text.split('.');
    return BigInt(seconds) * nsPerSecond + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  }
  return readCalendarTime(text, name);
}

function readCalendarTime(text: string, name: string): bigint {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const wholeMs = match === null ? Number.NaN : Date.parse(`${match[1]}${match[3]}`);
  if (Number.isNaN(wholeMs)) {
    throw embeddedFailure('rejected', `'${name}' is no time: '${text}'`);
  }
  return BigInt(wholeMs) * 1_000_000n + BigInt((match?.[2] ?? '').padEnd(9, '0'));
}

/** `limit`, 100 when it is left out, at most 5000. */
export function readLimit(parameters: URLSearchParams): number {
  const text = parameters.get('limit') ?? '100';
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit <= 0) {
    throw embeddedFailure('rejected', `limit must be a positive value, not '${text}'`);
  }
  if (limit > 5000) {
    throw embeddedFailure(
      'rejected',
      `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > 5000)`
    );
  }
  return limit;
}

/** `direction`; backward when it is left out. */
export function readDirection(parameters: URLSearchParams): 'forward' | 'backward' {
  const text = (parameters.get('direction') ?? 'backward').toLowerCase();
  if (text !== 'forward' && text !== 'backward') {
    throw embeddedFailure('rejected', `invalid direction '${text}'`);
  }
  return text;
}

/** `step` in nanoseconds: seconds or a duration; a 250th of the range, 1 s at least, when it is left out. */
export function readStep(parameters: URLSearchParams, range: NanosecondRange): bigint {
  const text = parameters.get('step');
  if (text === null || text === '') {
    const seconds = (range.toNs - range.fromNs) / nsPerSecond / 250n;
    return (seconds < 1n ? 1n : seconds) * nsPerSecond;
  }
  const stepNs = /^\d+(\.\d+)?$/.test(text)
    ? BigInt(Math.round(Number(text) * 1000)) * 1_000_000n
    : parseDuration(text);
  if (stepNs === null || stepNs <= 0n) {
    throw embeddedFailure(
      'rejected',
      'zero or negative query resolution step widths are not accepted. Try a positive integer'
    );
  }
  if ((range.toNs - range.fromNs) / stepNs > 11_000n) {
    throw embeddedFailure(
      'rejected',
      'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter'
    );
  }
  return stepNs;
}
