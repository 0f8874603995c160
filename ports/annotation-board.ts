/** A note on the time axis that all graphs of an organisation of Grafana can show. */
export interface Annotation {
  /** Milliseconds since 1970. */
  readonly fromMs: number;
  /** Null: a moment, or it goes on. */
  readonly toMs: number | null;
  readonly tags: readonly string[];
  readonly text: string;
}

/** An annotation with the number that Grafana gave it. */
export interface StoredAnnotation extends Annotation {
  readonly id: number;
}

/** Grafana's annotations. Throws `PortError` of `grafana`. */
export interface AnnotationBoard {
  create(annotation: Annotation): Promise<{ readonly id: number }>;
  /** Replaces end, tags and text. */
  change(id: number, annotation: Annotation): Promise<void>;
  /** Those that have all the tags and touch the range, the latest first, 100 at most. */
  find(
    tags: readonly string[],
    range: { readonly fromMs: number; readonly toMs: number }
  ): Promise<readonly StoredAnnotation[]>;
}
