const marker = Symbol.for('loghunter.lease-lost');

/** Ends a round whose watch another process has taken. */
export class LeaseLost extends Error {
  readonly [marker] = true;

  constructor() {
    super('Another process reads this watch now.');
    this.name = 'LeaseLost';
  }
}

/** Recognises a {@link LeaseLost} by its marker. */
export function isLeaseLost(value: unknown): value is LeaseLost {
  return typeof value === 'object' && value !== null && marker in value;
}
