/*
 * One pass over a message: words, punctuation and typed masks. Every character is looked at a bounded number of times;
 * where a mask needs to look ahead for an end that may be missing, the miss is remembered.
 */
import {
  characterClass,
  classOf,
  code,
  isDigit,
  isHexadecimal,
  isLetter,
  isPath,
  isSpace,
  isWord,
} from './characters.ts';
import { dateEnd } from './date-words.ts';
import { readCodes } from './line-codes.ts';
import { maxAnalysedLength } from './limits.ts';
import { TokenBuffer } from './token-buffer.ts';
import { annotationEnd, unitEnd } from './units.ts';
import { variableCode } from './variable-types.ts';
import {
  colonHexadecimalEnd,
  escapeEnd,
  isAddress,
  relativePathEnd,
  urlEnd,
  windowsPathEnd,
  withoutTrailingPunctuation,
} from './value-ends.ts';
import { classifyWord, isNullWord } from './word-types.ts';

const hasDigit = characterClass.digit;
const hasLetter = characterClass.letter | characterClass.otherWord;
const hasDot = 0x100;
const hasDash = 0x200;
const longestDump = 4000;
const mostDumpAttempts = 16;

/** Splits messages into constant and variable tokens; one object is used again for all lines. */
export class TokenScanner {
  readonly tokens = new TokenBuffer();
  /** Character codes of the stretch at their places in the line, and one 0 after them. */
  readonly codes = new Uint16Array(maxAnalysedLength + 2);
  #text = '';
  #end = 0;
  #from = 0;
  #spaced = 0;
  #wordFlags = 0;
  #isEscaped = false;
  /** No `"` at or after this place. */
  #noQuoteFrom = 0;
  /** No path that starts before this place: only dots and slashes lie there. */
  #noPathBefore = 0;
  #dumpAttempts = 0;

  /**
   * Scans text[from, end) into `tokens`.
   * @param isEscaped the stretch lies inside a JSON or logfmt string: `\n` is a blank, `\"` a quote
   */
  scan(text: string, from: number, end: number, isEscaped: boolean): TokenBuffer {
    this.#text = text;
    this.#from = from;
    this.#end = end;
    this.#isEscaped = isEscaped;
    this.#noQuoteFrom = end;
    this.#noPathBefore = from;
    this.#dumpAttempts = 0;
    this.#spaced = 0;
    this.tokens.clear();
    readCodes(text, from, end, this.codes);
    this.#run(from, end);
    return this.tokens;
  }

  #run(from: number, end: number): void {
    const { codes, tokens } = this;
    let at = from;
    while (at < end) {
      const current = codes[at] ?? 0;
      const flags = classOf(current);
      if ((flags & characterClass.space) !== 0) {
        this.#spaced = 1;
        at++;
      } else if (tokens.isFull()) {
        this.#mask(at, end, variableCode.rest);
        break;
      } else {
        at = (flags & characterClass.word) !== 0 ? this.#word(at) : this.#punctuation(at, current);
      }
    }
  }

  #at(index: number): number {
    return index < this.#end ? (this.codes[index] ?? -1) : -1;
  }

  #mask(start: number, end: number, type: number): number {
    this.tokens.addVariable(start, end, type, this.#spaced);
    this.#spaced = 0;
    return end;
  }

  #keep(start: number, end: number, single: number): number {
    this.tokens.addConstant(start, end, single, this.#spaced);
    this.#spaced = 0;
    return end;
  }

  /** End of a word with inner dots and dashes; leaves what it holds in #wordFlags. */
  #wordEnd(start: number): number {
    const { codes } = this;
    let flags = 0;
    let at = start;
    for (;;) {
      const current = codes[at] ?? 0;
      const wordFlags = classOf(current) & characterClass.word;
      if (wordFlags !== 0) {
        flags |= wordFlags;
      } else if (current === code.dot || current === code.minus || current === code.plus || current === code.tilde) {
        if ((classOf(codes[at + 1] ?? 0) & characterClass.word) === 0) {
          break;
        }
        flags |= current === code.dot ? hasDot : current === code.minus ? hasDash : hasLetter;
      } else {
        break;
      }
      at++;
    }
    this.#wordFlags = flags;
    return at;
  }

  #word(start: number): number {
    const end = this.#wordEnd(start);
    const flags = this.#wordFlags;
    const next = this.#at(end);
    if (next === code.colon) {
      const colonEnd = this.#colonForm(start, end, flags);
      if (colonEnd > 0) {
        return colonEnd;
      }
    } else if (next === code.at) {
      const mailEnd = this.#mailEnd(end);
      if (mailEnd > 0) {
        return this.#mask(start, mailEnd, variableCode.email);
      }
    } else if (next === code.slash) {
      const pathEnd = relativePathEnd(this.codes, end, this.#end);
      if (pathEnd > 0) {
        return this.#mask(start, pathEnd, variableCode.path);
      }
    } else if (next === code.openParenthesis || next === code.openBrace) {
      const dumpEnd = this.#dumpEnd(end);
      if (dumpEnd > 0) {
        return this.#mask(start, dumpEnd, variableCode.object);
      }
    }
    if ((flags & hasDigit) !== 0) {
      return this.#numericWord(start, end, flags);
    }
    const date = end - start >= 3 ? dateEnd(this.#text, start, end, this.#end) : -1;
    if (date > 0) {
      return this.#mask(start, date, variableCode.time);
    }
    if (this.#followsAssignment() && isNullWord(this.#text, start, end)) {
      return this.#mask(start, end, variableCode.null);
    }
    return this.#keep(start, end, end - start === 1 ? (this.codes[start] ?? 0) : 0);
  }

  #numericWord(start: number, end: number, flags: number): number {
    const type = classifyWord(this.#text, start, end, (flags & hasLetter) !== 0, (flags & hasDash) !== 0);
    if ((flags & hasLetter) !== 0 || (flags & hasDash) !== 0) {
      return this.#mask(start, end, type);
    }
    const unit = unitEnd(this.#text, end, this.#end);
    if (unit < 0) {
      return this.#mask(start, end, type);
    }
    const whole = annotationEnd(this.#text, unit, this.#end);
    const tokens = this.tokens;
    const last = tokens.single[tokens.count - 1] ?? 0;
    if (tokens.count > 0 && tokens.type[tokens.count - 1] === 0 && (last === code.less || last === code.greater)) {
      tokens.count--;
      this.#spaced = tokens.spaced[tokens.count] ?? 0;
      return this.#mask(tokens.start[tokens.count] ?? start, whole, variableCode.quantity);
    }
    return this.#mask(start, whole, variableCode.quantity);
  }

  /** A word and a colon: URL, drive letter, host with port, hexadecimal groups. Returns 0 for anything else. */
  #colonForm(start: number, end: number, flags: number): number {
    const after = this.#at(end + 1);
    if (after === code.slash && this.#at(end + 2) === code.slash && isLetter(this.codes[start] ?? 0)) {
      return this.#mask(start, urlEnd(this.codes, end + 3, this.#end, this.#isEscaped), variableCode.url);
    }
    if (after === code.backslash && end - start === 1 && (flags & hasLetter) !== 0) {
      return this.#mask(start, windowsPathEnd(this.codes, end + 1, this.#end), variableCode.path);
    }
    if (end - start <= 4) {
      const hexadecimalEnd = colonHexadecimalEnd(this.codes, start);
      if (hexadecimalEnd > 0) {
        const isClock = hexadecimalEnd - start <= 8 && isAddress(this.codes, start, hexadecimalEnd);
        return this.#mask(start, hexadecimalEnd, isClock ? variableCode.time : variableCode.ip);
      }
    }
    if ((flags & hasDot) !== 0 && isDigit(after)) {
      let portEnd = end + 1;
      while (isDigit(this.#at(portEnd))) {
        portEnd++;
      }
      if (portEnd - end <= 6 && !isWord(this.#at(portEnd))) {
        const isAddress = (flags & hasLetter) === 0;
        return this.#mask(start, portEnd, isAddress ? variableCode.ip : variableCode.host);
      }
    }
    return 0;
  }

  /**
   * End of an object as languages print it: `Order(id=1, state=NEW)`, `{a=1, b={c=2}}`. It must hold two `=` and end
   * within the next 4,000 units; few places per line are tried, so that nested brackets cannot make it slow.
   */
  #dumpEnd(open: number): number {
    if (this.#dumpAttempts >= mostDumpAttempts) {
      return 0;
    }
    this.#dumpAttempts++;
    const limit = Math.min(this.#end, open + longestDump);
    let depth = 0;
    let assignments = 0;
    for (let at = open; at < limit; at++) {
      const current = this.codes[at] ?? 0;
      if (current === code.openParenthesis || current === code.openBrace || current === code.openBracket) {
        depth++;
      } else if (current === code.closeParenthesis || current === code.closeBrace || current === code.closeBracket) {
        depth--;
        if (depth === 0) {
          return assignments >= 2 ? at + 1 : 0;
        }
      } else if (current === code.equals) {
        assignments++;
      }
    }
    return 0;
  }

  #mailEnd(at: number): number {
    if (!isLetter(this.#at(at + 1)) && !isDigit(this.#at(at + 1))) {
      return 0;
    }
    const end = this.#wordEnd(at + 1);
    return (this.#wordFlags & hasDot) !== 0 ? end : 0;
  }

  #punctuation(start: number, current: number): number {
    if (current === code.slash || current === code.dot || current === code.tilde) {
      const end = this.#pathEnd(start);
      if (end > 0) {
        return this.#mask(start, end, isAddress(this.codes, start + 1, end) ? variableCode.ip : variableCode.path);
      }
    } else if (current === code.quote && this.#followsAssignment()) {
      const end = this.#quoteEnd(start + 1);
      if (end > 0) {
        return this.#mask(start, end, variableCode.quoted);
      }
    } else if (current === code.less && this.#at(start + 1) === code.asterisk && this.#at(start + 2) === code.greater) {
      // Text that was masked before, by us or by others, stays masked.
      return this.#mask(start, start + 3, variableCode.any);
    } else if (current === code.openBrace && this.#followsAssignment() && this.#spaced === 0) {
      const end = this.#dumpEnd(start);
      if (end > 0) {
        return this.#mask(start, end, variableCode.object);
      }
    } else if (current === code.escape) {
      return escapeEnd(this.codes, start, this.#end);
    } else if (current === code.backslash && this.#isEscaped) {
      return this.#escapedCharacter(start);
    } else if (current === code.colon && this.#at(start + 1) === code.colon) {
      const end = isHexadecimal(this.#at(start + 2)) ? colonHexadecimalEnd(this.codes, start) : 0;
      if (end > 0) {
        return this.#mask(start, end, variableCode.ip);
      }
    }
    return this.#keep(start, start + 1, current);
  }

  #escapedCharacter(start: number): number {
    const next = this.#at(start + 1);
    if (next === 0x6e || next === 0x74 || next === 0x72) {
      this.#spaced = 1;
      return start + 2;
    }
    return start + 1;
  }

  #quoteEnd(from: number): number {
    if (from >= this.#noQuoteFrom) {
      return 0;
    }
    const end = this.#text.indexOf('"', from);
    if (end < 0 || end >= this.#end) {
      this.#noQuoteFrom = from;
      return 0;
    }
    return end + 1;
  }

  /** `=` or `:` stands directly before, or `:` and one blank. */
  #followsAssignment(): boolean {
    const last = this.tokens.count - 1;
    if (last < 0 || this.tokens.type[last] !== 0) {
      return false;
    }
    const single = this.tokens.single[last];
    return single === code.equals || single === code.colon;
  }

  #pathEnd(start: number): number {
    if (start < this.#noPathBefore) {
      return 0;
    }
    if (start > this.#from) {
      const before = this.codes[start - 1] ?? 0;
      if (
        isWord(before) ||
        before === code.closeParenthesis ||
        before === code.closeBracket ||
        before === code.asterisk ||
        before === code.dot
      ) {
        return 0;
      }
    }
    let at = start;
    while (this.#at(at) === code.dot && at < start + 2) {
      at++;
    }
    if (at === start && this.#at(at) === code.tilde) {
      at++;
    }
    if (this.#at(at) !== code.slash) {
      return 0;
    }
    let hasName = false;
    let end = at;
    while (end < this.#end) {
      const current = this.codes[end] ?? 0;
      if (!isPath(current)) {
        break;
      }
      hasName ||= isWord(current);
      end++;
    }
    if (!hasName) {
      this.#noPathBefore = end;
      return 0;
    }
    if (this.#at(end) === code.question) {
      end = urlEnd(this.codes, end, this.#end, this.#isEscaped);
    }
    return withoutTrailingPunctuation(this.codes, at, end);
  }
}
