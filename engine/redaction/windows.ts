// Looks through a long text in windows of bounded length, so that the rules' time stays linear.
import type { RedactionMatch } from './find-matches.ts';

// The worst rule of the table costs microseconds on a window of this size.
const windowLength = 8192;
/** What two windows share: a value and what stands around it are seen whole in one of them, wherever a window ends. */
const overlapLength = 2048;
/** As far before a value as any rule looks: the command before a password, the header before a digest. */
const contextLength = 640;
/** A match that ends this near to a window's end may go on behind it: only tokens, longer than what windows share. */
const edgeLength = 64;
const tokenEnd = /[\s"'`<>,;&(){}[\]|\\]/g;

/** Finds what is private in a window; matches that `isOwn` refuses are another window's. */
export type FindInWindow = (window: string, isOwn: (match: RedactionMatch) => boolean) => readonly RedactionMatch[];

/** What is found in a text of any length, in order and without overlaps. */
export function findInWindows(text: string, find: FindInWindow): readonly RedactionMatch[] {
  if (text.length <= windowLength) {
    return find(text, () => true);
  }
  const found: RedactionMatch[] = [];
  let takenTo = 0;
  for (let start = 0; start + overlapLength < text.length; start += windowLength - overlapLength) {
    const end = Math.min(start + windowLength, text.length);
    const isLast = end === text.length;
    // A window has the matches from where it sees enough before them up to where the next one does.
    const ownStart = start === 0 ? 0 : contextLength;
    const ownEnd = isLast ? windowLength : windowLength - overlapLength + contextLength;
    const isOwn = (match: RedactionMatch) => match.start < ownEnd && match.end > ownStart;
    for (const match of find(text.slice(start, end), isOwn)) {
      const place = { ...match, start: match.start + start, end: match.end + start };
      if (!isLast && place.end > end - edgeLength && place.end > takenTo) {
        place.end = endOfToken(text, place.end);
      }
      takenTo = Math.max(takenTo, place.end);
      found.push(place);
    }
  }
  return united(found);
}

function endOfToken(text: string, from: number): number {
  tokenEnd.lastIndex = from;
  return tokenEnd.exec(text)?.index ?? text.length;
}

/** Two windows may see one value differently: then all of what they see goes. */
function united(found: readonly RedactionMatch[]): readonly RedactionMatch[] {
  const kept: RedactionMatch[] = [];
  for (const match of found.toSorted((a, b) => a.start - b.start)) {
    const last = kept.at(-1);
    if (last === undefined || last.end <= match.start) {
      kept.push(match);
    } else if (match.end > last.end) {
      kept[kept.length - 1] = { ...last, end: match.end };
    }
  }
  return kept;
}
