import { unpackSignature } from '../templates/index.ts';
import type { TemplatePart } from '../templates/index.ts';
import { partsOf } from '../templates/template-tokens.ts';

type SignatureToken = ReturnType<typeof unpackSignature>['tokens'][number];

/** Place of the `occurrence`-th (from 0) constant token `word` among a packed signature's tokens; -1 when there is none. */
export function placeOfWord(signature: string, word: string, occurrence: number): number {
  let seen = 0;
  return unpackSignature(signature).tokens.findIndex(
    (token) => token.type === '' && token.text === word && isWordToken(token) && seen++ === occurrence
  );
}

/** Whether a token may stand where a word was masked: a word, or a variable. */
export function isWordToken(token: SignatureToken): boolean {
  return token.type !== '' || /[\p{L}\p{N}]/u.test(token.text);
}

/** Template of a packed signature, with the tokens at some places as variables; empty for an empty signature. */
export function templateOfSignature(
  signature: string,
  opened: ReadonlySet<number> = new Set()
): readonly TemplatePart[] {
  if (signature === '') {
    return [];
  }
  const { tokens } = unpackSignature(signature);
  return partsOf(tokens.map((token, at) => (opened.has(at) ? { ...token, text: '', type: 'any' } : token)));
}

/**
 * Number among a signature's own variables of the `shown`-th when the tokens at `opened` count as variables too; `masked`
 * when it is one of those, null when there are not so many.
 */
export function variableAt(signature: string, opened: ReadonlySet<number>, shown: number): number | 'masked' | null {
  const isOpened = unpackSignature(signature).tokens.flatMap(({ type }, at) =>
    opened.has(at) ? [true] : type === '' ? [] : [false]
  );
  const found = isOpened[shown];
  if (found === undefined) {
    return null;
  }
  return found ? 'masked' : isOpened.slice(0, shown).filter((opens) => !opens).length;
}
