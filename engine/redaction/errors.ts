/** A tenant's rule cannot be used; the message says why, for the person who wrote it. */
export class RedactionRuleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RedactionRuleError';
  }
}
