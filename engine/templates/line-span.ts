/**
 * A stretch of a line, [start, end) in UTF-16 units: kept in the template, masked as a variable, or peeled
 * (header or field that takes no part in grouping). The same shape as `LineSpan` in contracts/clusters.ts.
 */
export interface LineSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: 'kept' | 'masked' | 'peeled';
  /** Type of a masked or peeled stretch, such as `number`, `ip`, `timestamp`; empty when kept. */
  readonly type: string;
}

/** Collects spans in order and fills what lies between them, so that the result tiles the line. */
export class SpanList {
  readonly #spans: LineSpan[] = [];
  #end = 0;

  /** End of what is covered so far. */
  get end(): number {
    return this.#end;
  }

  /** Adds [end so far, end); an empty stretch is left out, and equal neighbours become one unless masked. */
  extend(end: number, kind: LineSpan['kind'], type: string): void {
    if (end <= this.#end) {
      return;
    }
    const last = this.#spans.at(-1);
    if (last !== undefined && kind !== 'masked' && last.kind === kind && last.type === type) {
      this.#spans[this.#spans.length - 1] = { ...last, end };
    } else {
      this.#spans.push({ start: this.#end, end, kind, type });
    }
    this.#end = end;
  }

  /** The spans added so far. */
  toArray(): readonly LineSpan[] {
    return this.#spans;
  }
}
