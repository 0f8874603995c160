const marker = Symbol.for('loghunter.start-error');

/** The server cannot start; the message is one line for the person who started it. */
export class StartError extends Error {
  readonly [marker] = true;
  readonly kind: 'port-in-use' | 'address-refused' | 'schema-outdated' | 'same-logs';

  constructor(kind: StartError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartError';
    this.kind = kind;
  }
}

/** Recognises a {@link StartError} by its marker. */
export function isStartError(value: unknown): value is StartError {
  return typeof value === 'object' && value !== null && marker in value;
}
