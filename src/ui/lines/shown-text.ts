/** How lines are shown. */
export interface LineView {
  readonly isWrapped: boolean;
  readonly hasTime: boolean;
  /** JSON over several lines. */
  readonly isPretty: boolean;
  /** `\n` and `\t` in the text as what they stand for. */
  readonly isUnescaped: boolean;
  /** Equal lines one after the other once, with their number. */
  readonly isDeduplicated: boolean;
}

export const defaultLineView: LineView = {
  ...{ isWrapped: true, hasTime: true, isPretty: false, isUnescaped: false, isDeduplicated: false },
};

/** The text of a line as it is to be shown. */
export function shownText(text: string, { isPretty, isUnescaped }: Pick<LineView, 'isPretty' | 'isUnescaped'>): string {
  const pretty = isPretty ? prettyJson(text) : text;
  return isUnescaped ? unescapeBreaks(pretty) : pretty;
}

function unescapeBreaks(text: string): string {
  return text.replace(/\\(r\\n|n|t|\\)/g, (escaped, name: string) =>
    name === '\\' ? escaped : name === 't' ? '\t' : '\n'
  );
}

/** JSON with indentation; anything else as it is. Values are not read and written again: large numbers would lose digits. */
export function prettyJson(text: string): string {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed) || !isJson(trimmed)) {
    return text;
  }
  let depth = 0;
  const lineBreak = () => `\n${'  '.repeat(depth)}`;
  const token = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|\s+/gs;
  return trimmed.replace(token, (part) => {
    switch (part) {
      case '{':
      case '[':
        depth += 1;
        return `${part}${lineBreak()}`;
      case '}':
      case ']':
        depth -= 1;
        return `${lineBreak()}${part}`;
      case ',':
        return `,${lineBreak()}`;
      case ':':
        return ': ';
      default:
        return part.startsWith('"') ? part : part.replace(/\s+/g, '');
    }
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A run of equal lines: the first of them, and how many there are. */
export interface LineRun<Line> {
  readonly line: Line;
  readonly count: number;
}

/** Lines with equal texts one after the other as one, or each by itself. */
export function runsOf<Line extends { readonly text: string }>(
  lines: readonly Line[],
  isDeduplicated: boolean
): ReadonlyArray<LineRun<Line>> {
  const runs: Array<LineRun<Line>> = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (isDeduplicated && last?.line.text === line.text) {
      runs[runs.length - 1] = { line: last.line, count: last.count + 1 };
    } else {
      runs.push({ line, count: 1 });
    }
  }
  return runs;
}
