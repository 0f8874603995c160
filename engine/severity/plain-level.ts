import type { Level } from './level.ts';
import { levelOfSyslogSeverity, parseLevel } from './level-words.ts';

// How far from the line's head a level word may stand: time, host, process, thread and logger fit in (ADR-less choice,
// taken from the longest headers of the formats in the table test; farther words are mostly part of the message).
const headLength = 160;

const klogHead = /^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d/;
const logcatHead = /^(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}\s{1,4}\d{1,7}\s{1,6}\d{1,7} ([VDIWEFA])[ /]/;
const mongoHead = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+Z]\d{0,4} ([FEWID])\d? [A-Z-]/;
const redisHead = /^\d{1,7}:[XCSM] \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} ([.*#-]) /;
const priority = /^<(\d{1,3})>(?:1 )?/;

const upperCaseWord =
  /(?:^|[\s[\](){}<>|:,;"'.*])(FATAL|CRITICAL|CRIT|EMERGENCY|EMERG|ALERT|PANIC|DPANIC|SEVERE|ERROR|ERR|FAILURE|WARNING|WARN|WRN|NOTICE|NOTE|INFORMATION|INFO|INF|LOG|DEBUG|DEBUG[1-5]|DBG|TRACE|TRC|VERBOSE|FINEST|FINER|FINE|FTL)(?=$|[\s\])}>|:,;/"'!*])(?! ?=)/;
const bracketedWord =
  /[[(<|](?:[a-z_]{1,24}:)?\s?(fatal|critical|crit|emerg|alert|panic|error|err|warning|warn|notice|note|information|info|debug|trace|verbose)\d?\s?[\])>|]/i;
// Tokens and the gaps between them have no character in common, so there is one way only to match a time.
const wordAfterTime =
  /^[\s[(]?(?:\d[\d:.,TZ/+-]*|[A-Z][a-z]{2},? +\d{1,2}|UTC|[AP]M)(?:[\s|]+(?:\d[\d:.,TZ/+-]*|UTC|[AP]M|[A-Z][a-z]{2}))*[\])]?[\s,|:-]+(fatal|critical|error|warning|warn|notice|information|info|debug|trace|verbose)(?=[\s:,|]|$)/i;
const wordBeforeColon =
  /(?:^|[\s:\]])(?:PHP |npm )?(fatal error|fatal|critical|crit|crash|error|err|fail|warning|warn|wrn|notice|info|dbug|debug|trce|trace|panic|emerg|alert)(?:!|:)(?=\s|$|:)/i;
const letterAfterTime = /^[\s[(]?\d[\d:.,TZ/+-]*(?:[\s|]+\d[\d:.,TZ/+-]*)*[\])]?[\s,|]+([VDIWEF])(?=[\s:,|]|$)/;
// Most lines without a level hold none of these anywhere near their head; one look spares them the exact patterns.
const anyLevelWord =
  /fatal|crit|emerg|alert|panic|severe|err|fail|warn|wrn|note|notice|info?|log|debug|dbu?g|trace|trce?|verbose|fine|ftl|crash/i;
const npmError = /^npm (ERR!|error|warn|WARN) /;
const erlangReport = /^=(ERROR|WARNING|INFO|CRASH|SUPERVISOR|PROGRESS) REPORT=/;

/** Returns the level that the head of a plain line states, by its format or by a level word. */
export function levelOfHead(text: string): Level | undefined {
  const prefix = levelOfPrefix(text);
  if (prefix !== undefined) {
    return prefix;
  }
  const head = text.length > headLength ? text.slice(0, headLength) : text;
  return levelOfHeadWord(head) ?? levelOfPriority(head);
}

function levelOfPrefix(text: string): Level | undefined {
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  if (isDigit) {
    const letter = (logcatHead.exec(text) ?? mongoHead.exec(text))?.[1];
    if (letter !== undefined) {
      return letter === 'A' ? 'fatal' : parseLevel(letter);
    }
    return levelOfRedisMark(redisHead.exec(text)?.[1]);
  }
  const letter = klogHead.exec(text)?.[1] ?? npmError.exec(text)?.[1]?.replace('!', '') ?? undefined;
  if (letter !== undefined) {
    return parseLevel(letter);
  }
  const report = first === 61 ? erlangReport.exec(text)?.[1] : undefined;
  return report === undefined ? undefined : report === 'SUPERVISOR' ? 'error' : (parseLevel(report) ?? 'info');
}

function levelOfRedisMark(mark: string | undefined): Level | undefined {
  switch (mark) {
    case '.':
      return 'trace';
    case '-':
      return 'debug';
    case '*':
      return 'info';
    case '#':
      return 'warn';
    default:
      return undefined;
  }
}

function levelOfHeadWord(head: string): Level | undefined {
  if (!anyLevelWord.test(head)) {
    const letter = letterAfterTime.exec(head)?.[1];
    return letter === undefined ? undefined : parseLevel(letter);
  }
  const bracketed = bracketedWord.exec(head);
  const upper = upperCaseWord.exec(head);
  // The word that stands first is the header's; a later one is the message's.
  const first = bracketed !== null && (upper === null || bracketed.index <= upper.index) ? bracketed : upper;
  const word =
    first?.[1] ?? wordAfterTime.exec(head)?.[1] ?? wordBeforeColon.exec(head)?.[1] ?? letterAfterTime.exec(head)?.[1];
  return word === undefined ? undefined : word.toLowerCase() === 'fatal error' ? 'fatal' : parseLevel(word);
}

// Relays stamp every line with one priority, so that a level word in the line knows better than the priority does.
function levelOfPriority(head: string): Level | undefined {
  const value = Number(priority.exec(head)?.[1] ?? Number.NaN);
  return value <= 191 ? levelOfSyslogSeverity(value & 7) : undefined;
}
