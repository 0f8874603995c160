import type { Level } from './level.ts';
import type { LevelNumbers } from './level-words.ts';
import { parseLevel } from './level-words.ts';

// Only keys that loggers use for the level: a bare "status" or "type" would be the message's own.
const jsonLevelKey =
  /"(level|severity|lvl|loglevel|log_level|log\.level|logLevel|severity_text|severityText|levelname|level_name|levelno|@level|@l|s|severityNumber|severity_number)"[ ]?:[ ]?(?:"([A-Za-z0-9 ]{1,16})"|(\d{1,3})(?=[,} ]))/g;
const logfmtLevelKey =
  /(?:^|[\s,;{[(|])(?:level|lvl|severity|loglevel|log_level|log\.level|severity_text|levelname)[=:]"?([A-Za-z]{1,13}|\d{1,2})(?=$|[\s",;})\]|])/g;
const jsonMessageKey = /"(?:message|msg|log|event|MESSAGE)"[ ]?:[ ]?"/;
const jsonStatus =
  /"(?:status|status_code|statusCode|http_status|response_code|code)"[ ]?:[ ]?"?([1-5]\d\d)"?(?=[,} ])/;
const jsonTrace = /"(?:stack|stack_trace|stacktrace|stackTrace|traceback|exc_info|exception)"[ ]?:[ ]?["{[][^"\]}]/;

/** Returns the level that a JSON line's own level field states. */
export function levelOfJson(text: string): Level | undefined {
  jsonLevelKey.lastIndex = 0;
  for (let match = jsonLevelKey.exec(text); match !== null; match = jsonLevelKey.exec(text)) {
    const key = match[1] ?? '';
    // "s" is MongoDB's severity letter; elsewhere it may be anything.
    if (key === 's' && !/^[FEWID]\d?$/.test(match[2] ?? '')) {
      continue;
    }
    const level = parseLevel(
      key === 's' ? (match[2] ?? '').charAt(0) : (match[2] ?? match[3] ?? ''),
      numbersOfKey(key)
    );
    if (level !== undefined) {
      return level;
    }
  }
  return undefined;
}

function numbersOfKey(key: string): LevelNumbers | undefined {
  if (key === 'levelno') {
    return 'python';
  }
  return key === 'severityNumber' || key === 'severity_number' ? 'otel' : undefined;
}

/** Returns the level of a `level=` pair that stands outside quotes, as logfmt writes it. */
export function levelOfLogfmt(text: string): Level | undefined {
  logfmtLevelKey.lastIndex = 0;
  for (let match = logfmtLevelKey.exec(text); match !== null; match = logfmtLevelKey.exec(text)) {
    const level = parseLevel(match[1] ?? '');
    if (level !== undefined && !isInsideQuotes(text, match.index)) {
      return level;
    }
  }
  return undefined;
}

function isInsideQuotes(text: string, end: number): boolean {
  let isInside = false;
  for (let place = text.indexOf('"'); place >= 0 && place < end; place = text.indexOf('"', place + 1)) {
    if (text.charCodeAt(place - 1) !== 92) {
      isInside = !isInside;
    }
  }
  return isInside;
}

/** Returns where the text of a JSON line's message begins, or -1. */
export function startOfJsonMessage(text: string): number {
  const match = jsonMessageKey.exec(text);
  return match === null ? -1 : match.index + match[0].length;
}

/** Returns the HTTP status of a JSON access log line. */
export function statusOfJson(text: string): number | undefined {
  const match = jsonStatus.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/** Tells whether a JSON line carries a stack trace or an exception. */
export function hasTraceInJson(text: string): boolean {
  return jsonTrace.test(text);
}
