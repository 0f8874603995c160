/*
 * Headers that log libraries and daemons write before the message. A header is only believed when a time stamp of a
 * known family starts the line; all patterns are sticky, bounded, and see the first 400 characters only.
 */
import { code, isDigit, isSpace } from './characters.ts';
import type { HeaderFields, HeaderPiece } from './header-fields.ts';
import { headerPattern as pattern } from './header-patterns.ts';
import { looksLikeTime, mayStartTime } from './timestamp-forms.ts';

const pipe = 0x7c;

/** End of the match of a sticky pattern at `from`, or -1. */
function endOf(expression: RegExp, text: string, from: number): number {
  expression.lastIndex = from;
  return expression.test(text) ? expression.lastIndex : -1;
}

/** Walks over the header of one line; used again for every line. */
export class HeaderReader {
  /** Pieces of the last header, when they are wanted. */
  pieces: HeaderPiece[] = [];
  #wantsPieces = false;
  #head = '';
  #at = 0;

  /** Place where the message starts; 0 when there is no header. */
  read(head: string, wantsPieces: boolean): number {
    this.#head = head;
    this.#at = 0;
    this.#wantsPieces = wantsPieces;
    this.pieces = wantsPieces ? [] : this.pieces;
    const fixed = this.#fixedForm();
    if (fixed > 0) {
      return fixed < head.length ? fixed : 0;
    }
    const isFiveFieldSyslog = this.#prefix();
    if (!this.#timestamps()) {
      return 0;
    }
    if (isFiveFieldSyslog && this.#step(pattern.structuredSyslog)) {
      return this.#at;
    }
    const first = head.charCodeAt(this.#at);
    if (first === 0x73) {
      this.#step(pattern.stream);
    }
    const isNumber = isSpace(first) || isDigit(first);
    if ((isNumber && this.#step(pattern.logcat)) || (head.includes('|') && this.#step(pattern.piped))) {
      return this.#at;
    }
    this.#program();
    return this.#at;
  }

  /** Headers of one fixed form, told by their first characters: klog, Ruby's logger, event tables; else -1. */
  #fixedForm(): number {
    const first = this.#head.charCodeAt(0);
    if (isDigit(first)) {
      return endOf(pattern.epochColumn, this.#head, 0);
    }
    const second = this.#head.charCodeAt(1);
    if (second === code.comma) {
      return endOf(pattern.rubyLogger, this.#head, 0);
    }
    if (!isDigit(second)) {
      return this.#levelAndLogger();
    }
    const end = endOf(pattern.klog, this.#head, 0);
    if (end > 0) {
      this.#note(0, 1, 'level');
      this.#note(1, 21, 'timestamp');
    }
    return end;
  }

  #levelAndLogger(): number {
    const end = endOf(pattern.levelAndLogger, this.#head, 0);
    if (end > 0) {
      const colon = this.#head.indexOf(':');
      this.#note(0, colon, 'level');
      this.#note(colon + 1, end, 'logger');
    }
    return end;
  }

  #note(start: number, end: number, type: keyof HeaderFields): void {
    if (this.#wantsPieces) {
      this.pieces.push({ start, end, type });
    }
  }

  #step(expression: RegExp, type?: keyof HeaderFields): boolean {
    const end = endOf(expression, this.#head, this.#at);
    // A header that leaves nothing is none: the last piece is the message.
    if (end < 0 || end >= this.#head.length) {
      return false;
    }
    if (type !== undefined) {
      this.#note(this.#at, end, type);
    }
    this.#at = end;
    return true;
  }

  /**
   * A program, certain with its process number only: without one it may be the words before a value ("data address: 0x2"),
   * so that words must be left.
   */
  #stepBeforeWords(expression: RegExp): boolean {
    const end = endOf(expression, this.#head, this.#at);
    const isCertain = end > 0 && /[\])]:\s*$/.test(this.#head.slice(this.#at, end));
    return end > 0 && (isCertain || pattern.plainWord.test(this.#head.slice(end))) && this.#step(expression, 'logger');
  }

  /** Skips a compose prefix or a syslog priority; true when five fields of RFC 5424 follow the time. */
  #prefix(): boolean {
    if (this.#head.charCodeAt(0) === code.less) {
      const start = this.#at;
      return this.#step(pattern.priority) && this.#head.endsWith('1 ', this.#at) && this.#at > start + 3;
    }
    if (this.#head.charCodeAt(0) === code.openBracket) {
      this.#step(pattern.bracketPrefix, 'thread');
    }
    if (this.#head.includes(' | ')) {
      this.#step(pattern.composePrefix);
    }
    return false;
  }

  /** Up to four time stamps, each with at most one plain token before it; false when none is certain. */
  #timestamps(): boolean {
    let isCertain = false;
    this.#levelFirst();
    for (let count = 0; count < 4; count++) {
      const start = this.#at;
      let end = this.#leadEnd(start);
      if (end < 0) {
        const blank = this.#head.indexOf(' ', start);
        const isNear = blank > start && blank - start <= 60 && mayStartTime(this.#head.charCodeAt(blank + 1));
        end = isNear && endOf(pattern.plainToken, this.#head, start) > 0 ? this.#leadEnd(blank + 1) : -1;
      }
      if (end < 0 || end >= this.#head.length) {
        break;
      }
      isCertain ||= looksLikeTime(this.#head, start, end);
      this.#note(start, end, 'timestamp');
      this.#at = end;
    }
    return isCertain;
  }

  /** Goes past a level at the start of the line that a time stamp follows. */
  #levelFirst(): void {
    const start = this.#at;
    const end = this.#leadEnd(start) < 0 ? endOf(pattern.firstLevel, this.#head, start) : -1;
    const leadEnd = end > 0 ? this.#leadEnd(end) : -1;
    if (leadEnd > 0 && leadEnd < this.#head.length && looksLikeTime(this.#head, end, leadEnd)) {
      this.#note(start, end, 'level');
      this.#at = end;
    }
  }

  #leadEnd(start: number): number {
    return mayStartTime(this.#head.charCodeAt(start)) ? endOf(pattern.lead, this.#head, start) : -1;
  }

  /** A level and a logger between pipes. */
  #pipedLevel(): boolean {
    const start = this.#at;
    if (this.#head.charCodeAt(start - 1) !== pipe || !this.#step(pattern.pipedLevel)) {
      return false;
    }
    const bar = this.#head.indexOf('|', start);
    this.#note(start, bar, 'level');
    this.#note(bar + 1, this.#at, 'logger');
    return true;
  }

  #program(): void {
    if (this.#pipedLevel()) {
      return;
    }
    const isLevelFirst = endOf(pattern.firstLevel, this.#head, this.#at) > 0;
    if (!isLevelFirst && this.#stepBeforeWords(pattern.hostAndProgram)) {
      return;
    }
    if (this.#level()) {
      this.#step(pattern.separator);
      this.#afterLevel();
      return;
    }
    this.#step(pattern.separator);
    if (!this.#step(pattern.sourceLine, 'logger') && !this.#stepBeforeWords(pattern.program)) {
      this.#step(pattern.dashed, 'logger');
    }
  }

  /** A level word after at most four other words, which then are process, thread or host. */
  #level(): boolean {
    let at = this.#at;
    for (let count = 0; count <= 4; count++) {
      const end = isDigit(this.#head.charCodeAt(at)) ? -1 : endOf(pattern.level, this.#head, at);
      if (end > 0 && end < this.#head.length) {
        if (at > this.#at) {
          this.#note(this.#at, at, 'thread');
        }
        this.#note(at, end, 'level');
        this.#at = end;
        return true;
      }
      at = this.#nextWord(at);
      if (at < 0) {
        return false;
      }
    }
    return false;
  }

  /** Start of the word after the one at `from`, or -1 at the end. */
  #nextWord(from: number): number {
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

  /** Whether a separator (and blanks) stands right before the current place. */
  #followsSeparator(): boolean {
    let at = this.#at;
    while (at > 0 && isSpace(this.#head.charCodeAt(at - 1))) {
      at--;
    }
    const last = this.#head.charCodeAt(at - 1);
    return at < this.#at && (last === code.minus || last === code.colon || last === 0x7c);
  }

  #afterLevel(): void {
    const first = this.#head.charCodeAt(this.#at);
    if (isDigit(first) && this.#step(pattern.processAndDashes) && this.#step(pattern.bracket, 'thread')) {
      this.#step(pattern.bracket, 'thread');
    }
    if (this.#head.charCodeAt(this.#at) === code.openBracket) {
      if (this.#step(pattern.bracket, 'thread') && this.#followsSeparator()) {
        return;
      }
    }
    const { sourceLine, logger, dottedLogger, bareDottedLogger, columnWord } = pattern;
    for (const form of [logger, sourceLine, dottedLogger, bareDottedLogger, columnWord]) {
      if (this.#step(form, 'logger')) {
        return;
      }
    }
  }
}
