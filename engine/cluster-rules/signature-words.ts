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
 * For each variable of a template whose tokens at `opened` are variables too, its number among the signature's own
 * variables; null for those that are opened.
 */
export function ownVariablesOf(signature: string, opened: ReadonlySet<number>): ReadonlyArray<number | null> {
  let own = 0;
  return unpackSignature(signature).tokens.flatMap(({ type }, at) => {
    if (opened.has(at)) {
      own += type === '' ? 0 : 1;
      return [null];
    }
    return type === '' ? [] : [own++];
  });
}

/**
 * Number among a signature's own variables of the `shown`-th when the tokens at `opened` count as variables too; `masked`
 * when it is one of those, null when there are not so many.
 */
export function variableAt(signature: string, opened: ReadonlySet<number>, shown: number): number | 'masked' | null {
  const variables = ownVariablesOf(signature, opened);
  return shown < variables.length ? (variables[shown] ?? 'masked') : null;
}
