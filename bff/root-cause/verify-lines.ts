import type { LineReference, LineVerification, RequestOf, VerifyLinesResponse } from '@loghunter/contracts';
import { lineHashOf } from '@loghunter/engine/root-cause';
import { isPortError, type LogStore } from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';
import { isProblemError } from '../http/problem-error.ts';
import type { StoredTextRedaction, TextRedactor } from '../redaction/stored-text-redaction.ts';
import { quotedText } from './quoted-text.ts';
import { hasLinesAround, queryOfStream, readLines } from './read-line.ts';
import type { RootCauseFeature } from './root-cause-feature.ts';

/** What looking lines up needs. */
export interface LineVerifier {
  readonly logs: LogStore;
  readonly redaction: StoredTextRedaction;
}

/** `POST /api/v1/lines/verify` */
export async function verifyLines(
  feature: RootCauseFeature,
  { lines }: RequestOf<'verifyLines'>,
  { signal }: CallContext
): Promise<VerifyLinesResponse> {
  const answers: LineVerification[] = [];
  for await (const answer of verifyInTurn(feature, lines, signal)) {
    answers.push(answer);
  }
  return { lines: answers };
}

/**
 * Reads each line again from the log store and compares it by hash, and what was quoted of it with its text; one after the other, so
 * that the log store's budget is not taken by storm. Whoever stops waiting keeps the answers that came.
 */
export async function* verifyInTurn(
  verifier: LineVerifier,
  references: readonly LineReference[],
  signal: AbortSignal
): AsyncGenerator<LineVerification> {
  const redactor = await verifier.redaction.open();
  for (const reference of references) {
    const { state, reason } = await verify(verifier.logs, redactor, reference, signal);
    yield { hash: reference.hash, state, reason, query: queryOfStream(reference.labels) };
  }
}

type Judgement = Pick<LineVerification, 'state' | 'reason'>;

async function verify(
  logs: LogStore,
  redactor: TextRedactor,
  { labels, timestampNs, hash, text }: LineReference,
  signal: AbortSignal
): Promise<Judgement> {
  try {
    const at = BigInt(timestampNs);
    const found = (await readLines(logs, labels, at, signal)).find((entry) => lineHashOf(entry) === hash);
    if (found !== undefined) {
      return text === undefined || text === found.line || text === quotedText(redactor, found.line)
        ? { state: 'verified', reason: 'The log store has this line.' }
        : { state: 'refuted', reason: 'The log store has the line, but it says something else.' };
    }
    return (await hasLinesAround(logs, labels, at, signal))
      ? { state: 'refuted', reason: 'The log store has lines of this stream at that time, but not this one.' }
      : { state: 'unverified', reason: 'The log store has nothing of this stream at that time, or not any more.' };
  } catch (error) {
    if (signal.aborted || !(isPortError(error) || isProblemError(error))) {
      throw error;
    }
    return { state: 'unverified', reason: `The log store could not be asked: ${error.message}` };
  }
}
