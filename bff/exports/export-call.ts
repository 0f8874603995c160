/** How far the reading of a table is. */
export interface ReadingProgress {
  /** 0..1. */
  readonly fraction: number;
  /** Rows that match; null: not known. */
  readonly totalCount: number | null;
}

/** Who reads a table, and who hears how far it is. */
export interface ExportCall {
  readonly principal: { readonly actor: { readonly kind: string; readonly id: string } };
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ReadingProgress) => void;
}
