// A server whose explanations are made by a model that the test plays, with its worker.
import { createExplanationKind } from '../explanations/explanation-kind.ts';
import { startWorkers } from '../jobs/start-workers.ts';
import type { EvidencePack, Explanation, Job } from '@loghunter/contracts';
import type { ModelRequest } from '@loghunter/ports';
import {
  createFakeLanguageModel,
  createFakeUnitOfWork,
  type FakeAnswer,
  type FakeLanguageModel,
} from '@loghunter/ports/testing';
import { pino } from 'pino';
import { aPack, plantAnalysis } from './plant-analysis.ts';
import { createTestServer, type TestServer } from './test-server.ts';

const json = { 'Content-Type': 'application/json' };

/** The model that the test's configuration names. */
export const testModelName = 'fake:7b';

/** A server with one analysis, and what tests do with it. */
export interface ExplanationServer {
  readonly server: TestServer;
  readonly model: FakeLanguageModel;
  readonly analysisId: string;
  send(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Asks for an explanation, has it made, and returns it as it is shown then. */
  explain(body?: object): Promise<Explanation>;
  /** Runs the jobs that wait; time goes on while they pause. */
  work(): Promise<void>;
  jobOf(explanation: Explanation): Promise<Job>;
}

/** Builds it. */
export async function openExplanationServer(
  answer: (request: ModelRequest) => FakeAnswer | Promise<FakeAnswer>,
  options: { readonly pack?: EvidencePack; readonly variables?: Readonly<Record<string, string>> } = {}
): Promise<ExplanationServer> {
  const model = createFakeLanguageModel(answer, [testModelName]);
  const modelVariables = { LOGHUNTER_OLLAMA_MODEL_BASE: testModelName, ...options.variables };
  const server = await createTestServer({ languageModel: model, modelVariables });
  const { explanations, analyses, modelProviders, modelSettings, egress, redactionStore, clock } = server;
  const kind = createExplanationKind({
    ...{ explanations, analyses, modelProviders, modelSettings, egress, redactionStore, clock },
    observer: server.metrics,
    openTenant: () => Promise.resolve(server.toolContext()),
    ...{ forcedMatchers: [], serviceLabels: ['service_name'] },
  });
  const { jobs, queue, auditLog, cache } = server;
  const start = { jobs, queue, unitOfWork: createFakeUnitOfWork() };
  await startWorkers({ ...start, auditLog, cache, clock, logger: pino({ level: 'silent' }), kinds: [kind] }, 1);
  const analysisId = await plantAnalysis(analyses, server.tenantId, options.pack ?? aPack());

  async function send(method: string, path: string, body?: object) {
    const response = await server.get(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }
  async function work(): Promise<void> {
    let isDone = false;
    const delivered = queue.deliver().finally(() => (isDone = true));
    while (!isDone) {
      // Nothing here waits for real time: the pauses of the job and of its watch are the clock's.
      await new Promise((resolve) => setTimeout(resolve, 5));
      clock.advance(500);
    }
    await delivered;
  }
  return {
    ...{ server, model, analysisId, send, work },
    async explain(body = {}) {
      const begun = await send('POST', '/api/v1/explanations', { analysisId, ...body });
      const { explanation } = begun.body as { explanation: Explanation };
      await work();
      const shown = await send('GET', `/api/v1/explanations/${explanation.id}`);
      return (shown.body as { explanation: Explanation }).explanation;
    },
    jobOf: async ({ jobId }) => (await send('GET', `/api/v1/jobs/${String(jobId)}`)).body as Job,
  };
}

/** A good answer about {@link aPack}, with the given differences. */
export function anAnswer(changes: object = {}): string {
  return JSON.stringify({
    summary: [
      { text: 'The pool of connections of payments is exhausted.', evidence: ['F1', 'L1'] },
      { text: 'Calls of checkout to payments became slow.', evidence: ['F2'] },
    ],
    root_cause: { service: 'payments', text: 'payments has no free connections to <ip-1>.', evidence: ['F1', 'L1'] },
    suggested_action: { text: 'Look at what holds connections of payments.', evidence: ['F1'] },
    hypotheses: [
      {
        ...{ service: 'payments', mechanism: 'Connections are not given back.', evidence: ['F1'], against: [] },
        confidence: 'high',
      },
    ],
    unknowns: ['What holds the connections is not known.'],
    next_checks: [{ text: 'See which requests wait.', query: '{service_name="payments"} |= "pool exhausted"' }],
    ...changes,
  });
}
