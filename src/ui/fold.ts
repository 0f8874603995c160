/** Enough of a stack trace to see the error and where it came from. */
const shownLineCount = 4;

/** Folding two lines away would save nothing. */
const leastHiddenLineCount = 3;

export interface Fold {
  /** Where the shown part ends, in UTF-16 units. */
  readonly endOffset: number;
  readonly hiddenLineCount: number;
}

/** Where to fold a text of many lines; undefined when it is short enough to be shown whole. */
export function foldAt(text: string): Fold | undefined {
  const lines = text.replace(/\n+$/, '').split('\n');
  const hiddenLineCount = lines.length - shownLineCount;
  if (hiddenLineCount < leastHiddenLineCount) {
    return undefined;
  }
  return { endOffset: lines.slice(0, shownLineCount).join('\n').length, hiddenLineCount };
}
