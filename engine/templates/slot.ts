/** Tokens [start, end) of a template that may turn out to be one variable. */
export interface Slot {
  readonly start: number;
  readonly end: number;
  /** Whether a masked variable lies in it. */
  readonly hasVariable: boolean;
  /** What is known about the place: nothing, the inside of quotation marks, or the words that end a message after a colon. */
  readonly place: 'any' | 'quotation' | 'tail';
}
