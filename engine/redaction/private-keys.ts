const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const end = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
// What a key's body may hold, newlines escaped or not, when its end was cut off.
const body = /[\sA-Za-z0-9+/=:,\\-]*/y;

/** Where private-key blocks stand, in order, each with the length of the block; linear in the text. */
export function findPrivateKeys(text: string): ReadonlyArray<readonly [start: number, length: number]> {
  const blocks: Array<[number, number]> = [];
  begin.lastIndex = 0;
  let hasEnd = true;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const bodyStart = match.index + match[0].length;
    end.lastIndex = bodyStart;
    const close: RegExpExecArray | null = hasEnd ? end.exec(text) : null;
    hasEnd = close !== null;
    const blockEnd = close === null ? endOfBody(text, bodyStart) : close.index + close[0].length;
    blocks.push([match.index, blockEnd - match.index]);
    begin.lastIndex = blockEnd;
  }
  return blocks;
}

function endOfBody(text: string, start: number): number {
  body.lastIndex = start;
  return start + (body.exec(text)?.[0].length ?? 0);
}
