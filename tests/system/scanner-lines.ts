// The scanner test's lines: 40 known templates over 12 services, every line different, some that reach Loki late.
import type { Labels } from '@loghunter/engine/records';

/** A line that is to be pushed. */
export interface GeneratedLine {
  readonly templateId: number;
  readonly labels: Labels;
  readonly timestampNs: bigint;
  readonly line: string;
  /** How long after its own time it reaches Loki. */
  readonly latenessMs: number;
}

const templateCount = 40;
const serviceCount = 12;
const formats = [formatPlain, formatLogfmt, formatJson, formatHeader] as const;
const verbs = [
  'accepted',
  'rejected',
  'forwarded',
  'cached',
  'expired',
  'rebuilt',
  'archived',
  'dispatched',
  'merged',
  'throttled',
];
const nouns = ['invoice', 'parcel', 'basket', 'voucher'];
const levels = ['info', 'warn', 'error', 'debug'];

/** Words that only lines of this template hold. */
export function phraseOf(templateId: number): string {
  return `${nouns[templateId % 4] ?? ''} ${verbs[Math.floor(templateId / 4)] ?? ''}`;
}

/** Lines of one minute, in order of time. */
export function generateMinute(minuteMs: number, lineCount: number): readonly GeneratedLine[] {
  const stepNs = 60_000_000_000n / BigInt(lineCount);
  return Array.from({ length: lineCount }, (_, index) => {
    const serial = (minuteMs / 60_000) * lineCount + index;
    const templateId = (index * 7 + Math.floor(index / 40)) % templateCount;
    const timestampNs = BigInt(minuteMs) * 1_000_000n + BigInt(index) * stepNs;
    return {
      templateId,
      labels: labelsOf(templateId, serial),
      timestampNs,
      line: lineOf(templateId, serial, timestampNs),
      latenessMs: latenessOf(index),
    };
  });
}

// 2 % each: one second and a half past the allowance of a minute, and ten minutes.
function latenessOf(index: number): number {
  return index % 50 === 7 ? 90_000 : index % 50 === 23 ? 600_000 : 0;
}

function labelsOf(templateId: number, serial: number): Labels {
  const service = templateId % serviceCount;
  const pod = `pod-${service}-${serial % 2}`;
  // Not all streams have the same label names, as in any real Loki.
  return service < 10
    ? { service_name: `service-${service}`, namespace: `team-${service % 3}`, pod }
    : { job: `batch-${service}`, pod };
}

function lineOf(templateId: number, serial: number, timestampNs: bigint): string {
  const format = formats[templateId % formats.length] ?? formatPlain;
  const at = new Date(Number(timestampNs / 1_000_000n)).toISOString();
  return format(phraseOf(templateId), serial, at, levels[Math.floor(templateId / 10)] ?? 'info');
}

function formatPlain(phrase: string, serial: number): string {
  return `${phrase} for customer ${serial} from 10.1.${serial % 250}.${serial % 199} in ${serial % 977} ms`;
}

function formatLogfmt(phrase: string, serial: number, at: string, level: string): string {
  return `time=${at} level=${level} msg="${phrase} order=${serial}" attempt=${serial % 5}`;
}

function formatJson(phrase: string, serial: number, at: string, level: string): string {
  return JSON.stringify({ time: at, level, message: `${phrase} id ${serial}`, durationMs: serial % 353 });
}

function formatHeader(phrase: string, serial: number, at: string, level: string): string {
  return `${at} [worker-${serial % 8}] ${level.toUpperCase()} shop.Engine - ${phrase} number ${serial}`;
}
