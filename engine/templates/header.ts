import type { HeaderPiece } from './header-fields.ts';
import { HeaderReader } from './header-reader.ts';
import { maxHeaderLength } from './limits.ts';

const reader = new HeaderReader();

/** The first characters of a line, where a header may lie. */
function headOf(text: string): string {
  return text.length > maxHeaderLength ? text.slice(0, maxHeaderLength) : text;
}

/** Place where the message of a line starts; 0 when the line has no header. */
export function messageStartOf(text: string): number {
  return reader.read(headOf(text), false);
}

/** The header of a line: where the message starts (0 when there is no header) and the pieces before it, in order. */
export function peelHeader(text: string): { readonly messageStart: number; readonly pieces: readonly HeaderPiece[] } {
  const messageStart = reader.read(headOf(text), true);
  return { messageStart, pieces: messageStart > 0 ? reader.pieces : [] };
}
