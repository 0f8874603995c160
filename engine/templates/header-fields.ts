/** Fields of a header that were recognised; absent when the line has none. */
export interface HeaderFields {
  /** Text of the first time stamp, as written. */
  readonly timestamp?: string;
  /** Word for the level, as written. */
  readonly level?: string;
  /** Logger, component or program. */
  readonly logger?: string;
  /** Thread or bracketed context. */
  readonly thread?: string;
}

/** A stretch of the header that is shown with a type of its own. */
export interface HeaderPiece {
  readonly start: number;
  readonly end: number;
  readonly type: keyof HeaderFields;
}
