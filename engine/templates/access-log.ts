import { isDigit, isLetter } from './characters.ts';

/** A request line of an access log; places are UTF-16 units of the line. */
export interface AccessLine {
  readonly method: string;
  /** Path with variable segments written `<*>`, without its query; `<*>` as a whole when no route answered. */
  readonly route: string;
  /** `2xx` to `5xx`. */
  readonly statusClass: string;
  readonly methodStart: number;
  readonly targetStart: number;
  readonly targetEnd: number;
  readonly statusStart: number;
}

/** Context of request lines: routes are known by their shape, and no evidence makes two of them one. */
export const accessContext = '{access}';

// Common and combined log format and their relatives: something, a quoted request, a status. Every repetition is bounded.
const request = /[^"\s]{1,200}[^"]{0,300}"([A-Z]{3,10}) ([^"\s]{1,4000}) HTTP\/[\d.]{1,5}" (\d{3})(?=\s|$)/y;
const deepestRoute = 8;
const longestSegment = 32;

function isVariableSegment(segment: string): boolean {
  if (segment.length > longestSegment) {
    return true;
  }
  for (let at = 0; at < segment.length; at++) {
    const current = segment.charCodeAt(at);
    const isPlain = isLetter(current) || current === 0x2d || current === 0x5f || current === 0x2e;
    if (!isPlain && !(isDigit(current) && at === 1 && segment.length <= 3)) {
      return true;
    }
  }
  return false;
}

/** Shape of a route: segments with digits or odd characters are variables, `v1` is not; deep paths end in `<*>`. */
export function routeShapeOf(target: string): string {
  const query = target.search(/[?#;]/);
  const path = query < 0 ? target : target.slice(0, query);
  const segments = path.slice(0, 1000).split('/');
  const shape = segments.slice(0, deepestRoute + 1).map((segment) => (isVariableSegment(segment) ? '<*>' : segment));
  return shape.join('/') + (segments.length > deepestRoute + 1 ? '/<*>' : '');
}

/** Reads text from `from` as an access-log line; null when it is none. */
export function parseAccessLine(text: string, from: number): AccessLine | null {
  if (!text.includes(' HTTP/', from)) {
    return null;
  }
  request.lastIndex = from;
  const match = request.exec(text);
  const [whole, method, target, status] = match ?? [];
  if (whole === undefined || method === undefined || target === undefined || status === undefined) {
    return null;
  }
  const targetStart = from + whole.lastIndexOf(`"${method} ${target} `) + method.length + 2;
  return {
    method,
    // Routes that do not exist are made up by whoever asks; each would be a cluster of its own.
    route: status === '404' ? '<*>' : routeShapeOf(target),
    statusClass: `${status.slice(0, 1)}xx`,
    methodStart: targetStart - method.length - 1,
    targetStart,
    targetEnd: targetStart + target.length,
    statusStart: from + whole.length - 3,
  };
}
