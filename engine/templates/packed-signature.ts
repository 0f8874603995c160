import type { LineTokens } from './analyze-line.ts';
import type { TemplatePart } from './template-part.ts';
import { packTokens, partsOf, unpackTokens } from './template-tokens.ts';

/**
 * A line's signature as one string, to be stored: its context on the first line, a token on each further one. Texts that
 * no database takes (NUL, lone surrogates) are written U+FFFD.
 */
export function packSignature({ context, tokens }: LineTokens): string {
  return `${context.replaceAll(/[\r\n]/g, ' ')}\n${packTokens(tokens)}`.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Template parts of a packed signature. */
export function signaturePartsOf(packed: string): readonly TemplatePart[] {
  return partsOf(unpackSignature(packed).tokens);
}

/** The signature that was packed. */
export function unpackSignature(packed: string): LineTokens {
  const end = packed.indexOf('\n');
  return { context: packed.slice(0, end), tokens: unpackTokens(packed.slice(end + 1)) };
}
