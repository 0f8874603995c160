/*
 * Headers that log libraries and daemons write before the message. A header is only believed when a time stamp of a
 * known family starts the line; all patterns are sticky, bounded, and see the first 400 characters only.
 */
import { isSpace } from './characters.ts';
import { maxHeaderLength } from './limits.ts';

/** Fields of a header that were recognised; absent when the line has none. */
export interface HeaderFields {
  /** Text of the first time stamp, as written. */
  readonly timestamp?: string;
  /** Word for the level, as written. */
  readonly level?: string;
  /** Logger, component or program. */
  readonly logger?: string;
  /** Thread or bracketed context. */
  readonly thread?: string;
}

/** A stretch of the header that is shown with a type of its own. */
export interface HeaderPiece {
  readonly start: number;
  readonly end: number;
  readonly type: keyof HeaderFields;
}

const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const weekday = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?';
const clock = String.raw`\d{1,2}:\d{1,2}:\d{1,2}(?:[.,:]\d{1,9})?`;
const zone = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?`;
const dateAndClock = String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T .:_-]\d{1,2}[:.]\d{2}[:.]\d{2}(?:[.,]\d{1,9})?${zone})?`;
const shortDateAndClock = String.raw`\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?,?[ T]${clock}${zone}`;
const dayMonthYear = String.raw`\d{1,2}[-/ ](?:${months})[a-z]{0,6}[-/ ]\d{4}[: ]${clock}(?: [+-]\d{4})?`;
const monthDay = String.raw`${weekday}(?:${months})[a-z]{0,6}\.? {1,2}\d{1,2},?(?: \d{4})? {1,2}${clock}(?: (?:AM|PM))?(?: (?:[A-Z]{3,4} )?\d{4})?`;
const compact = String.raw`\d{8}[-T ]\d{1,2}:?\d{1,2}:?\d{1,2}(?:[:.,]\d{1,9})?Z?`;
const bareDigits = String.raw`\d{6,8} \d{6}(?:[.,]\d{1,9})?`;
const epoch = String.raw`1\d{9}(?:\d{3})?(?:\.\d{1,9})?`;
const bareClock = String.raw`\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?`;
const anyTimestamp = [
  dateAndClock,
  shortDateAndClock,
  dayMonthYear,
  monthDay,
  compact,
  bareDigits,
  epoch,
  bareClock,
].join('|');

const lead = new RegExp(String.raw`[\s\[(<|-]{0,8}(?:${anyTimestamp})(?=[\s\])>|,-]|: |:$)[\s\])>|,:-]{0,40}`, 'y');
const plainToken = /[\w./:-]{1,60} /y;
const startsStrong = /\d[-:./]\d|\d{6} \d{6}/;
const priority = /<\d{1,3}>(1 )?/y;
const composePrefix = /[\w.-]{1,60} {1,20}\| (?=\S)/y;

const levelWord =
  'TRACE|DEBUG|INFO|INF|WRN|DBG|FTL|VRB|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|FATAL|CRIT|CRITICAL|ALERT|EMERG|FAILURE|PANIC|FINE|FINER|FINEST|CONFIG|' +
  'Trace|Debug|Info|Information|Notice|Warn|Warning|Error|Severe|Fatal|Critical';
const bracketedLevelWord = 'trace|debug|info|notice|warn|warning|error|fatal|crit|critical|alert|emerg|panic';
const level = new RegExp(
  String.raw`(?:[\[(<]\s?(?:${levelWord}|${bracketedLevelWord})\s?[\])>]|(?:${levelWord})(?=[\s:|,\]]))[:|,]?(?:\s{1,30}|(?=[\[|]))`,
  'y'
);
const closingLevel = new RegExp(String.raw`(?:${levelWord})(?:\/[\w.-]{1,60})?\]\s{1,4}`, 'y');
const databaseLevel = /(?:LOG|DETAIL|HINT|STATEMENT|CONTEXT):\s{1,4}/y;
const lowerLevel = new RegExp(String.raw`(?:${bracketedLevelWord})(?=[:|]\s|\s{1,6}[|\[])[:|]?\s{1,30}`, 'y');
const moduleLevel = new RegExp(String.raw`\[[\w.-]{0,40}:(?:${bracketedLevelWord})\] `, 'y');
const levelPatterns = [level, closingLevel, lowerLevel, moduleLevel, databaseLevel];
const logcat = /\s{0,8}\d{1,9}\s{1,8}\d{1,9}\s{1,4}[VDIWEFA]\s{1,4}([^:]{1,80}?)\s{0,20}:\s{1,4}/y;
const rubyLogger = /[DIWEFA], \[\d{4}[^\]]{10,60}\]\s{1,4}\w{3,7} -- [^:]{0,80}: /y;
// Tables of events: number, node, component, state, epoch, flag. A bare epoch alone is not enough evidence.
const epochColumn = /\d{1,12} [^\s\d]{1,40}\d\S{0,40} (?:\S{1,60} ){1,3}1\d{9} \d{1,3} /y;
const klog = /[IWEFD]\d{4} \d\d:\d\d:\d\d\.\d{1,9}\s{1,12}\d{1,10} [^\]\s]{1,80}:\d{1,6}\] ?/y;
const sourceLine = /[\w./<>-]{1,80}(?:\.[a-z]{1,5}|:[\w.<>]{1,60}):\d{1,6}(?:\]?:| -)?\s{1,8}/y;
const piped = /[\w.$-]{1,80}\|\d{1,12}\|/y;
const stream = /std(?:out|err) [FP] /y;
const structuredSyslog = /\S{1,80} \S{1,80} \S{1,80} \S{1,80} (?:- ?|\[[^\]]{0,300}\] ?)/y;
const hostAndProgram =
  /([\w.:-]{1,80})\s{1,4}[\w./()#@-]{1,80}(?:\[[\w.-]{1,20}\])?(?: \([^)]{0,80}\))?(?:\[\d{1,10}\])?:\s{1,4}/y;
const program = /(?:[\w./@-]{1,80}\s{1,4})?[\w./()#-]{1,80}(?:\[\d{1,10}\])?(?: \([^)]{0,80}\))?:\s{1,4}/y;
const dashed = /\S{1,80}(?: \S{1,80}){0,2}? - /y;
const bracket = /\[(?:[^[\]]|\[[^[\]]{0,120}\]){0,200}\]\s{0,20}(?:[-:|] )?/y;
const logger =
  /(?=\w{0,80}[.$/A-Z-])[A-Za-z_][\w.$/-]{0,120}(?:\[[^\]]{0,120}\])?(?::\d{1,6})?(?:\s{0,40}:| -|\s{0,20}\|)\s{1,4}/y;
const dottedLogger = /[a-z_][\w$]{0,60}(?:\.[\w$]{1,60}){1,12}(?:\s{1,40}(?:\[[^\]]{0,200}\]\s{1,4}))/y;
const bareDottedLogger = /[a-z_][\w$]{0,60}(?:\.[\w$]{1,60}){1,12}\s{1,40}/y;
const columnWord = /[A-Z]{2,12}\s{4,40}/y;
const separator = /[-:|]\s{1,4}/y;
const processAndDashes = /\d{1,10}\s{0,4}--- /y;

/** End of the match of a sticky pattern at `from`, or -1. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Walks over the header of one line. */
class HeaderReader {
  readonly pieces: HeaderPiece[] = [];
  readonly #head: string;
  #at = 0;

  constructor(head: string) {
    this.#head = head;
  }

  /** Place where the message starts; 0 when there is no header. */
  read(): number {
    const klogEnd = endOf(klog, this.#head, 0);
    if (klogEnd > 0) {
      this.pieces.push({ start: 0, end: 1, type: 'level' }, { start: 1, end: 21, type: 'timestamp' });
      return klogEnd;
    }
    const other = Math.max(endOf(rubyLogger, this.#head, 0), endOf(epochColumn, this.#head, 0));
    if (other > 0 && other < this.#head.length) {
      return other;
    }
    const isFiveFieldSyslog = this.#priority();
    if (!this.#timestamps()) {
      return 0;
    }
    const afterTime = this.#at;
    if (isFiveFieldSyslog && this.#step(structuredSyslog)) {
      return this.#at;
    }
    this.#step(stream);
    if (this.#step(logcat) || this.#step(piped)) {
      return this.#at;
    }
    this.#program(afterTime);
    return this.#at;
  }

  #step(pattern: RegExp, type?: keyof HeaderFields): boolean {
    const end = endOf(pattern, this.#head, this.#at);
    // A header that leaves nothing is none: the last piece is the message.
    if (end < 0 || end >= this.#head.length) {
      return false;
    }
    if (type !== undefined) {
      this.pieces.push({ start: this.#at, end, type });
    }
    this.#at = end;
    return true;
  }

  #priority(): boolean {
    if (this.#step(composePrefix)) {
      return false;
    }
    const start = this.#at;
    return this.#step(priority) && this.#head.endsWith('1 ', this.#at) && this.#at > start + 3;
  }

  /** Up to four time stamps, each with at most one plain token before it; false when none is certain. */
  #timestamps(): boolean {
    let isCertain = false;
    for (let count = 0; count < 4; count++) {
      const start = this.#at;
      let end = endOf(lead, this.#head, start);
      if (end < 0) {
        const token = endOf(plainToken, this.#head, start);
        end = token < 0 ? -1 : endOf(lead, this.#head, token);
      }
      if (end < 0 || end >= this.#head.length) {
        break;
      }
      isCertain ||= startsStrong.test(this.#head.slice(start, end));
      this.pieces.push({ start, end, type: 'timestamp' });
      this.#at = end;
    }
    return isCertain;
  }

  #program(afterTime: number): void {
    const host = endOf(hostAndProgram, this.#head, afterTime);
    if (host > 0 && host < this.#head.length && !this.#startsWithLevel()) {
      this.#step(hostAndProgram, 'logger');
      return;
    }
    if (this.#level()) {
      this.#step(separator);
      this.#afterLevel();
      return;
    }
    this.#step(separator);
    if (!this.#step(sourceLine, 'logger') && !this.#step(program, 'logger')) {
      this.#step(dashed, 'logger');
    }
  }

  #startsWithLevel(): boolean {
    return endOf(level, this.#head, this.#at) > 0 || endOf(lowerLevel, this.#head, this.#at) > 0;
  }

  /** A level word after at most four other words, which then are process, thread or host. */
  #level(): boolean {
    let at = this.#at;
    const words: number[] = [];
    for (let count = 0; count <= 4; count++) {
      const end = this.#levelEnd(at);
      if (end > 0) {
        const before = this.#at;
        if (at > before) {
          this.pieces.push({ start: before, end: at, type: 'thread' });
        }
        this.pieces.push({ start: at, end, type: 'level' });
        this.#at = end;
        return true;
      }
      words.push(at);
      at = this.#wordEnd(at);
      if (at < 0) {
        return false;
      }
    }
    return false;
  }

  #levelEnd(at: number): number {
    for (const pattern of levelPatterns) {
      const end = endOf(pattern, this.#head, at);
      if (end > 0 && end < this.#head.length) {
        return end;
      }
    }
    return -1;
  }

  /** Start of the word after the one at `from`, or -1 at the end. */
  #wordEnd(from: number): number {
    const head = this.#head;
    let at = from;
    while (at < head.length && !isSpace(head.charCodeAt(at))) {
      at++;
    }
    while (at < head.length && isSpace(head.charCodeAt(at))) {
      at++;
    }
    return at < head.length && at > from ? at : -1;
  }

  #afterLevel(): void {
    if (this.#step(processAndDashes) && this.#step(bracket, 'thread')) {
      this.#step(bracket, 'thread');
    }
    const beforeBracket = this.#at;
    if (this.#step(bracket, 'thread') && /[-|:]\s+$/.test(this.#head.slice(beforeBracket, this.#at))) {
      return;
    }
    if (this.#step(sourceLine, 'logger')) {
      return;
    }
    if (this.#step(logger, 'logger') || this.#step(dottedLogger, 'logger') || this.#step(bareDottedLogger, 'logger')) {
      return;
    }
    this.#step(columnWord, 'logger');
  }
}

/** The header of a line: where the message starts (0 when there is no header) and the pieces before it, in order. */
export function peelHeader(text: string): { readonly messageStart: number; readonly pieces: readonly HeaderPiece[] } {
  const head = text.length > maxHeaderLength ? text.slice(0, maxHeaderLength) : text;
  const reader = new HeaderReader(head);
  const messageStart = reader.read();
  return { messageStart, pieces: messageStart > 0 ? reader.pieces : [] };
}
