/** Inside this folder only: why a query cannot pass, and where. */
export class Refused extends Error {
  readonly reason: 'invalid' | 'not-supported';
  readonly position: number;

  constructor(reason: 'invalid' | 'not-supported', message: string, position: number) {
    super(message);
    this.reason = reason;
    this.position = position;
  }
}
