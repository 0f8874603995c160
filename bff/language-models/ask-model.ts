import { createHash } from 'node:crypto';
import {
  collectAnswer,
  isPortError,
  PortError,
  type AnswerSchema,
  type Clock,
  type EgressLedger,
  type EgressRedaction,
  type ModelAnswer,
  type ModelRequest,
  type ModelSettingsStore,
  type NewEgressEntry,
  type PassedBudget,
} from '@loghunter/ports';
import type { ChosenModel } from './chosen-model.ts';
import { costOf, estimateTokens } from './estimate-cost.ts';

/** What asking needs. */
export interface ModelAskParts {
  readonly egress: EgressLedger;
  readonly modelSettings: ModelSettingsStore;
  readonly clock: Clock;
  readonly timeLimitMs: number;
  readonly observer: ModelObserver;
}

/** Counts calls of models. */
export interface ModelObserver {
  observeModelCall(call: ModelCallFacts): void;
}

/** One try: how it ended and what it took; 0 for what nobody has counted. */
export interface ModelCallFacts {
  readonly provider: string;
  /** `answered`, `budget`, `ended`, or the kind of the `PortError`. */
  readonly outcome: string;
  readonly durationMs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicrodollars: number;
}

/** A question to a model. */
export interface ModelQuestion {
  readonly tenantId: string;
  readonly chosen: ChosenModel;
  readonly system: string;
  readonly messages: ModelRequest['messages'];
  readonly schema: AnswerSchema | null;
  readonly maxOutputTokens: number;
  readonly redactions: readonly EgressRedaction[];
  readonly purpose: NewEgressEntry['purpose'];
  readonly actor: NewEgressEntry['actor'];
  readonly subjectId: string | null;
  readonly signal: AbortSignal;
  /** Told in words what goes on. */
  readonly report: (text: string) => void;
}

/** A model's answer and what it took. */
export interface AskedAnswer extends ModelAnswer {
  /** Null: nobody has said what the model costs. */
  readonly costMicrodollars: number | null;
}

const marker = Symbol.for('loghunter.model-refused');

/** A call that was not made: a budget would have been passed. */
export class ModelRefused extends Error {
  readonly [marker] = true;

  constructor(budget: PassedBudget) {
    super(budgetTexts[budget]);
    this.name = 'ModelRefused';
  }
}

/** Recognises a {@link ModelRefused} by its marker. */
export function isModelRefused(value: unknown): value is ModelRefused {
  return typeof value === 'object' && value !== null && marker in value;
}

/** Why a budget keeps a call from being made, and until when. */
export const budgetTexts: Readonly<Record<PassedBudget, string>> = {
  'tokens-per-day': "This would pass the tenant's budget of tokens a day; it begins anew at midnight UTC.",
  'calls-per-minute': "This would pass the tenant's budget of calls a minute; try again in a minute.",
  'money-per-month': "This would pass the tenant's budget of money a month; it begins anew with the month, in UTC.",
  'money-unknown':
    'Nobody has said what this model costs (LOGHUNTER_MODEL_PRICES), so that the budget of money cannot be kept.',
};

/** Tries at most: the first and two more. */
const maxTries = 3;
/** Pause before the second try; the third waits twice as long. */
const firstPauseMs = 2000;
/** A provider that asks for a longer pause is given up: somebody waits for the explanation. */
const longestPauseMs = 60_000;
/** Characters of an answer, for each token that it may have; more is no answer but a flood. */
const maxCharactersPerToken = 20;
/** How often the wait for a silent model is told. */
const heartbeatMs = 1000;

/** The exact text of a question, as it is previewed and as it is kept. */
export function textOf({ system, messages }: Pick<ModelQuestion, 'system' | 'messages'>): string {
  return [system, ...messages.map(({ role, text }) => `[${role}]\n${text}`)].join('\n\n');
}

/**
 * Asks a model within the tenant's budgets. Each try is written down before it goes out. Throws `PortError` of the provider,
 * {@link ModelRefused} when a budget stops it, and the signal's reason when that aborts.
 */
export async function askModel(parts: ModelAskParts, question: ModelQuestion): Promise<AskedAnswer> {
  const { clock, timeLimitMs } = parts;
  const { system } = question.chosen.provider.model;
  const done = new AbortController();
  const limit = new AbortController();
  void clock.sleep(timeLimitMs, done.signal).then(() => {
    const message = `The model did not answer within ${timeLimitMs / 1000} s`;
    limit.abort(new PortError({ system, kind: 'timeout', isRetryable: false, message }));
  });
  const bounded = { ...question, signal: AbortSignal.any([question.signal, limit.signal]) };
  try {
    for (let tryNumber = 1; ; tryNumber += 1) {
      try {
        return await question.chosen.provider.guard.run(() => tryOnce(parts, bounded), bounded.signal);
      } catch (error) {
        const pauseMs = pauseAfter(error, tryNumber);
        if (pauseMs === null) {
          throw error;
        }
        question.report(`it failed, another try in ${Math.ceil(pauseMs / 1000)} s: ${(error as Error).message}`);
        await clock.sleep(pauseMs, bounded.signal);
        bounded.signal.throwIfAborted();
      }
    }
  } finally {
    done.abort();
  }
}

/** Milliseconds until another try; null for none. */
function pauseAfter(error: unknown, tryNumber: number): number | null {
  if (!isPortError(error) || !error.isRetryable || tryNumber >= maxTries) {
    return null;
  }
  const pauseMs = Math.max(firstPauseMs * tryNumber, error.retryAfterMs ?? 0);
  return pauseMs > longestPauseMs ? null : pauseMs;
}

async function tryOnce(parts: ModelAskParts, question: ModelQuestion): Promise<AskedAnswer> {
  const { egress } = parts;
  const { tenantId, chosen } = question;
  const price = chosen.provider.priceOf(chosen.model);
  const { budgets } = await parts.modelSettings.read(tenantId);
  const begun = await egress.begin(tenantId, toEntry(question), budgets);
  const observe = observerOf(parts, chosen);
  if (begun.kind === 'refused') {
    observe('budget');
    throw new ModelRefused(begun.budget);
  }
  try {
    const answer = await listen(parts.clock, question);
    const costMicrodollars = answer.usage === null ? null : costOf(answer.usage, price);
    await egress.finish(tenantId, begun.id, { outcome: 'answered', usage: answer.usage, costMicrodollars });
    observe('answered', answer.usage, costMicrodollars);
    return { ...answer, costMicrodollars };
  } catch (error) {
    const outcome = isPortError(error) ? `${error.kind}: ${error.message}` : 'ended before its answer';
    observe(isPortError(error) ? error.kind : 'ended');
    // What went out may have been received and counted: the estimate stays.
    await egress.finish(tenantId, begun.id, { outcome, usage: null, costMicrodollars: null });
    throw error;
  }
}

/** Tells the observer of one try that begins now. */
function observerOf({ clock, observer }: ModelAskParts, { provider }: ChosenModel) {
  const beganMs = clock.nowMs();
  return (outcome: string, usage: ModelAnswer['usage'] = null, costMicrodollars: number | null = null) =>
    observer.observeModelCall({
      ...{ provider: provider.name, outcome, durationMs: clock.nowMs() - beganMs },
      ...{ inputTokens: usage?.inputTokens ?? 0, outputTokens: usage?.outputTokens ?? 0 },
      costMicrodollars: costMicrodollars ?? 0,
    });
}

function toEntry(question: ModelQuestion): NewEgressEntry {
  const { chosen, redactions, purpose, actor, subjectId, maxOutputTokens: outputTokens } = question;
  const text = textOf(question);
  const inputTokens = estimateTokens(text);
  return {
    ...{ purpose, redactions, actor, subjectId, text, inputTokens, outputTokens },
    provider: chosen.provider.name,
    model: chosen.model,
    destination: chosen.provider.destination,
    leftInstallation: chosen.leavesInstallation,
    textHash: createHash('sha256').update(text).digest('hex'),
    sizeBytes: Buffer.byteLength(text),
    costMicrodollars: costOf({ inputTokens, outputTokens }, chosen.provider.priceOf(chosen.model)),
  };
}

/** Reads the answer and tells each second that the model still works. */
async function listen(clock: Clock, question: ModelQuestion): Promise<ModelAnswer> {
  const { chosen, system, messages, schema, maxOutputTokens, signal } = question;
  const beganMs = clock.nowMs();
  const done = new AbortController();
  let characterCount = 0;
  async function beat(): Promise<void> {
    while (!done.signal.aborted) {
      const seconds = Math.round((clock.nowMs() - beganMs) / 1000);
      const sofar = characterCount === 0 ? 'nothing written yet' : `${characterCount} characters so far`;
      question.report(`${chosen.model} is at it for ${seconds} s, ${sofar}`);
      await clock.sleep(heartbeatMs, done.signal);
    }
  }
  const beating = beat();
  try {
    const request = { model: chosen.model, system, messages, schema, maxOutputTokens, signal };
    return await collectAnswer(chosen.provider.model.stream(request), {
      system: chosen.provider.model.system,
      maxCharacters: maxOutputTokens * maxCharactersPerToken,
      onProgress: (count) => (characterCount = count),
    });
  } finally {
    done.abort();
    await beating;
  }
}
