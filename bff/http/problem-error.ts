import type { ProblemCode } from '@loghunter/contracts';

const marker = Symbol.for('loghunter.problem-error');

/** What is wrong with one field of a request. */
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** Facts of a problem beside its code. */
export interface ProblemFacts {
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Ends a request with problem details. `detail` is shown to people and holds no secrets. */
export class ProblemError extends Error {
  readonly [marker] = true;
  readonly code: ProblemCode;
  readonly errors: readonly FieldProblem[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, facts: ProblemFacts = {}) {
    super(detail, { cause: facts.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.errors = facts.errors;
    this.headers = facts.headers ?? {};
  }
}

/** Recognises a {@link ProblemError} by its marker. */
export function isProblemError(value: unknown): value is ProblemError {
  return typeof value === 'object' && value !== null && marker in value;
}
