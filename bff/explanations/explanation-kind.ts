import { randomBytes } from 'node:crypto';
import type { EvidencePack } from '@loghunter/contracts';
import type { LabelMatcher } from '@loghunter/engine/logql';
import {
  isPortError,
  type AnalysisStore,
  type EgressLedger,
  type ExplanationCitation,
  type ExplanationRow,
  type ExplanationStore,
  type ModelRequest,
  type ModelSettingsStore,
  type RedactionStore,
} from '@loghunter/ports';
import { JobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import { askModel, isModelRefused, type AskedAnswer, type ModelAskParts } from '../language-models/ask-model.ts';
import { chooseModel, type ChosenModel } from '../language-models/chosen-model.ts';
import type { ModelProviders } from '../language-models/model-providers.ts';
import { explanationSchema, readAnswer } from './answer-schema.ts';
import { buildPrompt, maxOutputTokens, type ExplanationPrompt } from './build-prompt.ts';
import { checkAnswer, inventionsOf, type CheckedAnswer } from './check-answer.ts';
import type { LineVerifier } from '../root-cause/verify-lines.ts';
import { readEvidence } from './evidence-source.ts';
import { fixedExplanation } from './fixed-explanation.ts';
import { readCitations, withoutRefuted } from './citations.ts';

/** What explaining needs. */
export interface ExplanationKindParts extends Omit<ModelAskParts, 'timeLimitMs'> {
  readonly explanations: ExplanationStore;
  readonly analyses: AnalysisStore;
  readonly modelProviders: ModelProviders;
  readonly modelSettings: ModelSettingsStore;
  readonly egress: EgressLedger;
  readonly redactionStore: RedactionStore;
  /** What the quoted lines are read again with. */
  readonly openTenant: (tenantId: string) => Promise<LineVerifier>;
  readonly forcedMatchers: readonly LabelMatcher[];
  /** Labels that name services and namespaces. */
  readonly serviceLabels: readonly string[];
}

/** Why there is no explanation by a model, for people. */
class Unexplained {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Characters of a broken answer that go back with the wish to mend it. */
const repairedLength = 6000;
const maxServiceAttempts = [5];

/** Explains a finished analysis with the tenant's model; whatever fails, the fixed sentences are left. */
export function createExplanationKind(parts: ExplanationKindParts): JobKind {
  return {
    name: 'explanation',
    role: 'editor',
    // For a worker that died: failures of models are no reason to begin again, they have been tried already.
    retryDelaysSeconds: maxServiceAttempts,
    async run(run) {
      const id = String(run.job.input['explanationId']);
      const row = await parts.explanations.get(run.tenantId, id);
      if (row === null) {
        throw new JobError('The explanation was deleted', { isRetryable: false });
      }
      if (row.status === 'explained') {
        return { explanationId: id, status: row.status };
      }
      const beganMs = parts.clock.nowMs();
      run.report(0.05, 'reading the evidence');
      const evidence = await readEvidence(parts.analyses, run.tenantId, row.analysisId);
      if (evidence === null) {
        const { content, confidence } = row;
        throw await fail(parts, run, row, { reason: 'The analysis was deleted', content, confidence, beganMs });
      }
      run.report(0.08, 'reading the quoted lines again');
      const citations = await readCitations(await parts.openTenant(run.tenantId), evidence.pack, run.signal);
      const pack = withoutRefuted(evidence.pack, citations);
      try {
        if (evidence.pack.findings.length > 0 && pack.findings.length === 0) {
          throw new Unexplained('The log store refutes all findings of the analysis.');
        }
        return await explain(parts, run, { row, pack, citations, beganMs });
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === null) {
          throw error;
        }
        const { confidence } = pack;
        const content = fixedExplanation(pack, citations);
        throw await fail(parts, run, row, { reason, content, confidence, beganMs });
      }
    },
  };
}

interface Task {
  readonly row: ExplanationRow;
  /** The evidence without what the log store refutes. */
  readonly pack: EvidencePack;
  readonly citations: readonly ExplanationCitation[];
  readonly beganMs: number;
}

async function explain(parts: ExplanationKindParts, run: JobRun, task: Task): Promise<unknown> {
  const { row, pack, citations, beganMs } = task;
  const { tenantId } = run;
  const chosen = await chooseFor(parts, tenantId, row);
  run.report(0.1, 'writing the question');
  const rules = await parts.redactionStore.listRules(tenantId);
  const prompt = buildPrompt(pack, randomBytes(16).toString('hex'), rules);
  const answers: AskedAnswer[] = [];
  async function ask(messages: ModelRequest['messages'], progress: number): Promise<AskedAnswer> {
    const answer = await askModel(
      { ...parts, timeLimitMs: parts.modelProviders.timeLimitMs },
      {
        ...{ tenantId, chosen, messages, system: prompt.system, schema: explanationSchema, maxOutputTokens },
        ...{ redactions: prompt.redactions, purpose: 'explanation', actor: run.job.actor, subjectId: row.id },
        signal: run.signal,
        report: (text) => run.report(progress, text),
      }
    );
    answers.push(answer);
    return answer;
  }
  const { checked, isRepaired } = await askForCheckable(parts, run, { pack, prompt, ask });
  run.report(0.95, 'keeping the explanation');
  await parts.explanations.finish(tenantId, row.id, {
    ...{ status: 'explained', failure: null, confidence: checked.confidence },
    content: { ...checked.content, isRepaired, citations },
    ...sumOf(answers),
    durationMs: parts.clock.nowMs() - beganMs,
    textHash: prompt.textHash,
  });
  return { explanationId: row.id, status: 'explained' };
}

interface Asking {
  readonly pack: EvidencePack;
  readonly prompt: ExplanationPrompt;
  readonly ask: (messages: ModelRequest['messages'], progress: number) => Promise<AskedAnswer>;
}

/** Asks, and once more when the answer breaks the rules. Throws {@link Unexplained}. */
async function askForCheckable(
  parts: ExplanationKindParts,
  run: JobRun,
  { pack, prompt, ask }: Asking
): Promise<{ readonly checked: CheckedAnswer; readonly isRepaired: boolean }> {
  const question: ModelRequest['messages'] = [{ role: 'user', text: prompt.user }];
  const first = await ask(question, 0.3);
  run.report(0.7, 'checking the answer against the evidence');
  const firstResult = judge(parts, pack, prompt, first);
  if (firstResult.kind === 'checked') {
    return { checked: firstResult.checked, isRepaired: false };
  }
  run.report(0.75, 'asking to mend an answer that broke the rules');
  const second = await ask(
    [
      ...question,
      { role: 'assistant', text: first.text.slice(0, repairedLength) || '(nothing)' },
      {
        role: 'user',
        text: `Your answer broke the rules: ${firstResult.faults.join(' ')} Answer anew with the whole JSON object and nothing else.`,
      },
    ],
    0.8
  );
  run.report(0.9, 'checking the mended answer against the evidence');
  const secondResult = judge(parts, pack, prompt, second);
  if (secondResult.kind === 'checked') {
    return { checked: secondResult.checked, isRepaired: true };
  }
  throw new Unexplained(`The model broke the rules twice. ${secondResult.faults.join(' ')}`);
}

type Judgement =
  | { readonly kind: 'checked'; readonly checked: CheckedAnswer }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

function judge(
  parts: ExplanationKindParts,
  pack: EvidencePack,
  prompt: ExplanationPrompt,
  { text, reason }: AskedAnswer
): Judgement {
  if (reason === 'refused') {
    throw new Unexplained('The model refused to answer.');
  }
  const read = readAnswer(text);
  if (read.kind === 'broken') {
    const cut = reason === 'length' ? ['It was cut: be shorter.'] : [];
    return { kind: 'faulty', faults: [...read.faults, ...cut] };
  }
  const faults = inventionsOf(read.explanation, prompt);
  if (faults.length > 0) {
    return { kind: 'faulty', faults };
  }
  const checked = checkAnswer(read.explanation, {
    prompt,
    verdict: pack.verdict,
    confidence: pack.confidence,
    suspect: pack.summary.suspect,
    forcedMatchers: parts.forcedMatchers,
    labelNames: new Set([...parts.serviceLabels, ...pack.lines.flatMap(({ labels }) => Object.keys(labels))]),
  });
  const isEmpty = checked.content.summary === '' && checked.content.hypotheses.length === 0;
  return isEmpty
    ? { kind: 'faulty', faults: ['No claim of it names evidence that bears it.'] }
    : { kind: 'checked', checked };
}

/** The model that was chosen when the explanation was asked for, if the tenant may still ask it. */
async function chooseFor(parts: ExplanationKindParts, tenantId: string, row: ExplanationRow): Promise<ChosenModel> {
  const settings = await parts.modelSettings.read(tenantId);
  const provider = parts.modelProviders.get(row.provider as Parameters<ModelProviders['get']>[0]);
  const size = provider?.models.large === row.model && provider.models.base !== row.model ? 'large' : 'base';
  const chosen = chooseModel(parts.modelProviders, { ...settings, provider: row.provider }, size);
  if ('refusal' in chosen) {
    throw new Unexplained(chosen.refusal);
  }
  return { ...chosen, model: row.model, leavesInstallation: chosen.provider.leavesInstallation(row.model) };
}

/** Keeps that no model explained it, with why and the fixed sentences; returns what the job ends with. */
async function fail(
  parts: ExplanationKindParts,
  run: JobRun,
  row: ExplanationRow,
  facts: Pick<ExplanationRow, 'content' | 'confidence'> & { readonly reason: string; readonly beganMs: number }
): Promise<JobError> {
  await parts.explanations.finish(run.tenantId, row.id, {
    ...{ status: 'analysis_failed', failure: facts.reason, confidence: facts.confidence, content: facts.content },
    ...{ inputTokens: null, outputTokens: null, costMicrodollars: null, textHash: null },
    durationMs: parts.clock.nowMs() - facts.beganMs,
  });
  return new JobError(`analysis_failed: ${facts.reason}`, { isRetryable: false });
}

/** Why a model did not explain it; null for what is no failure of a model: the server stops, the job is cancelled, the database is away. */
function reasonOf(error: unknown): string | null {
  if (error instanceof Unexplained) {
    return error.reason;
  }
  if (isModelRefused(error)) {
    return error.message;
  }
  const isModels = isPortError(error) && modelSystems.has(error.system);
  return isModels ? error.message : null;
}

const modelSystems: ReadonlySet<string> = new Set(['ollama', 'openai-compatible', 'openai', 'anthropic']);

/** Tokens and money of all tries; null for what one of them does not tell. */
function sumOf(answers: readonly AskedAnswer[]) {
  const inputs = answers.map(({ usage }) => usage?.inputTokens ?? null);
  const outputs = answers.map(({ usage }) => usage?.outputTokens ?? null);
  const costs = answers.map(({ costMicrodollars }) => costMicrodollars);
  return { inputTokens: addAll(inputs), outputTokens: addAll(outputs), costMicrodollars: addAll(costs) };
}

function addAll(values: ReadonlyArray<number | null>): number | null {
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
