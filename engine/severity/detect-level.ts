import type { Labels } from '../records/index.ts';
import { levelGuessedByLoki, levelOfLabels } from './label-level.ts';
import type { Level } from './level.ts';
import { levelOfHead } from './plain-level.ts';
import { hasTraceInJson, levelOfJson, levelOfLogfmt, startOfJsonMessage, statusOfJson } from './structured-level.ts';

// Enough for any header and for the level field of structured lines; the work per line stays bounded by it.
const scannedLength = 2000;
// Loggers that sort keys or append them may put the level last.
const scannedTailLength = 500;

const ansiCode = /\u001b\[[\d;]{0,12}[A-Za-z]/g;
const quotedRequest =
  /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE|PROPFIND) [^"]{1,1500}" ([1-5]\d\d)(?= |$)/;
const plainRequest =
  /(?:^|[\s"])(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/\S{0,1000}(?: HTTP\/\d(?:\.\d)?)?"?(?: -)? ([1-5]\d\d)(?=[\s,]|$)/;
const traceLine =
  /(?:^|\n)(?:Traceback \(most recent call last\)|Caused by: |\s{1,8}at [^\s(]{1,300}(?: \[as [^\]]{1,80}\])? ?\(|\s{2,8}at [^\n]{1,300}:\d+:\d+|#\d{1,3} +\S|goroutine \d+ \[)/;
const exceptionHead =
  /^(?:Exception in thread |Unhandled exception|Uncaught |[A-Za-z_$][\w$.]{0,200}(?:Exception|Error)(?:: |$))/;
const fatalWords =
  /(?:^|[\s:\]])(?:panic: |fatal error: |Fatal error: |segfault at |Segmentation fault|Out of memory: Kill|Kernel panic|oom-kill:|core dumped|AddressSanitizer: |thread '[^'\n]{0,80}' (?:\(\d{1,12}\) )?panicked at )/;

/**
 * Returns the level of a line or joined event. Sources, the first that knows wins: level fields of the structured
 * metadata, then of the labels, the line's own level field (JSON, logfmt), its format (klog, logcat, syslog priority
 * ...) or a level word near its head, the status class of an access log line, Loki's `detected_level`, a stack trace,
 * words such as "panic:". `unknown` when none does.
 *
 * Looks at the first 2,000 characters (for JSON also at the last 500); time is linear in that, whatever the text.
 */
export function detectLevel(text: string, labels: Labels, metadata: Labels): Level {
  return levelOfLabels(metadata) ?? levelOfLabels(labels) ?? detectStatedLevel(text, labels, metadata);
}

function detectStatedLevel(text: string, labels: Labels, metadata: Labels): Level {
  const head = readableHead(text);
  const isJson = head.charCodeAt(0) === 123;
  const stated = isJson ? levelOfJsonLine(head, text) : levelOfPlainLine(head);
  return (
    stated ??
    levelGuessedByLoki(metadata) ??
    levelGuessedByLoki(labels) ??
    (isJson ? levelOfJsonContent(head) : levelOfContent(head)) ??
    'unknown'
  );
}

function readableHead(text: string): string {
  const head = text.length > scannedLength ? text.slice(0, scannedLength) : text;
  const plain = head.includes('\u001b[') ? head.replace(ansiCode, '') : head;
  return plain.charCodeAt(0) <= 32 ? plain.trimStart() : plain;
}

function levelOfJsonLine(head: string, text: string): Level | undefined {
  const level =
    levelOfJson(head) ?? (text.length > scannedLength ? levelOfJson(text.slice(-scannedTailLength)) : undefined);
  if (level !== undefined) {
    return level;
  }
  const messageStart = startOfJsonMessage(head);
  const messageLevel = messageStart < 0 ? undefined : levelOfPlainLine(head.slice(messageStart));
  return messageLevel ?? levelOfStatus(statusOfJson(head));
}

function levelOfPlainLine(head: string): Level | undefined {
  const fieldLevel = /le?ve?l|severity/.test(head) ? levelOfLogfmt(head) : undefined;
  return fieldLevel ?? levelOfRequest(head) ?? levelOfHead(head);
}

function levelOfRequest(head: string): Level | undefined {
  // A method in upper case before a slash or a quote is rare elsewhere, so most lines stop at this check.
  if (!/[A-Z]{3} (?:\/|http)/.test(head)) {
    return undefined;
  }
  const quoted = quotedRequest.exec(head);
  // A logger's own level word knows better than a status inside its message.
  if (quoted !== null) {
    return levelOfHead(head.slice(0, quoted.index)) ?? levelOfStatus(Number(quoted[1]));
  }
  const plain = plainRequest.exec(head);
  return plain === null ? undefined : (levelOfHead(head) ?? levelOfStatus(Number(plain[1])));
}

function levelOfStatus(status: number | undefined): Level | undefined {
  if (status === undefined) {
    return undefined;
  }
  return status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
}

function levelOfJsonContent(head: string): Level | undefined {
  return hasTraceInJson(head) ? 'error' : undefined;
}

function levelOfContent(head: string): Level | undefined {
  if (fatalWords.test(head)) {
    return 'fatal';
  }
  return exceptionHead.test(head) || traceLine.test(head) ? 'error' : undefined;
}
