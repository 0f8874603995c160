import { PortError } from '@loghunter/ports';

/** A failure of the embedded store. */
export function embeddedFailure(kind: PortError['kind'], message: string, cause?: unknown): PortError {
  return new PortError({ system: 'embedded-logs', kind, message, cause });
}

/** A part of LogQL or of Loki's API that only a real Loki has. */
export function notSupportedHere(construct: string): PortError {
  return embeddedFailure('not-supported', `not supported here: ${construct}`);
}

/** A request with more in it than the store reads at once. */
export class RequestTooLarge extends PortError {
  constructor(message: string, cause?: unknown) {
    super({ system: 'embedded-logs', kind: 'rejected', message, cause });
  }
}
