import type { ListEgressResponse, PreviewExplanationResponse, Explanation } from '@loghunter/contracts';
import { lineHashOf } from '@loghunter/engine/root-cause';
import { PortError } from '@loghunter/ports';
import { beforeAll, describe, expect, test } from 'vitest';
import { anAnswer, openExplanationServer, testModelName } from '../testing/explanation-server.ts';
import { aFinding, aPack, aQuotedLine } from '../testing/plant-analysis.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';

const answers = (text: string) => () => ({ text });
const away = new PortError({ system: 'ollama', kind: 'unavailable', message: 'nobody is there' });

// On a busy machine the first database takes longer than a test may.
beforeAll(() => openSharedDatabase(crypto.randomUUID()), 120_000);

describe('an explanation', () => {
  test('is the model’s words with their evidence, what asked and what it took', async () => {
    const { explain, jobOf } = await openExplanationServer(answers(anAnswer()));
    const explanation = await explain();
    expect(explanation).toMatchObject({
      ...{ status: 'explained', origin: 'model', failure: null, verdict: 'likely', confidence: 0.7 },
      rootCause: 'payments has no free connections to 10.0.0.7 (F1, L1).',
      summary:
        'The pool of connections of payments is exhausted (F1, L1). Calls of checkout to payments became slow (F2).',
      ...{
        suggestedAction: 'Look at what holds connections of payments (F1).',
        isRepaired: false,
        droppedClaimCount: 0,
      },
      hypotheses: [{ service: 'payments', evidence: ['F1'], confidence: 'high' }],
      nextChecks: [{ text: 'See which requests wait.', query: '{service_name="payments"} |= "pool exhausted"' }],
      ...{ provider: 'ollama', model: testModelName, inputTokens: 1000, outputTokens: 200, costUsd: 0 },
    });
    expect(await jobOf(explanation)).toMatchObject({ status: 'succeeded', result: { status: 'explained' } });
  });

  test('of the same evidence is made once, and anew when that is asked for', async () => {
    const { explain, model } = await openExplanationServer(answers(anAnswer()));
    const first = await explain();
    expect((await explain()).id).toBe(first.id);
    expect(model.requests).toHaveLength(1);
    expect((await explain({ isFresh: true })).id).not.toBe(first.id);
    expect(model.requests).toHaveLength(2);
  });

  test('that is asked for twice at once is one', async () => {
    const { send, analysisId, work, model } = await openExplanationServer(answers(anAnswer()));
    const ask = async () => (await send('POST', '/api/v1/explanations', { analysisId })).body;
    const [one, two] = [await ask(), await ask()] as Array<{ explanation: Explanation }>;
    expect(one?.explanation.id).toBe(two?.explanation.id);
    await work();
    expect(model.requests).toHaveLength(1);
  });

  test('may be found useful or not, with a reason', async () => {
    const { explain, send } = await openExplanationServer(answers(anAnswer()));
    const { id } = await explain();
    const body = { isUseful: false, reason: 'it was the disk' };
    expect((await send('PUT', `/api/v1/explanations/${id}/feedback`, body)).body).toMatchObject({
      explanation: { feedback: { usefulCount: 0, notUsefulCount: 1, own: body } },
    });
  });

  test('that was cancelled says so, and the next one begins anew', async () => {
    const { send, analysisId, explain } = await openExplanationServer(answers(anAnswer()));
    const begun = await send('POST', '/api/v1/explanations', { analysisId });
    const { explanation } = begun.body as { explanation: Explanation };
    await send('POST', `/api/v1/jobs/${String(explanation.jobId)}/cancel`);
    expect((await send('GET', `/api/v1/explanations/${explanation.id}`)).body).toMatchObject({
      explanation: { status: 'analysis_failed', failure: 'It was cancelled.', origin: 'fixed-sentences' },
    });
    const next = await explain();
    expect(next.id).not.toBe(explanation.id);
    expect(next.status).toBe('explained');
  });
});

test('calls are measured by provider: how they ended, tokens, money and time', async () => {
  const { explain, server } = await openExplanationServer(answers(anAnswer()));
  await explain();
  const { text } = await server.metrics.render();
  expect(text).toContain('loghunter_model_calls_total{provider="ollama",outcome="answered"} 1');
  expect(text).toContain('loghunter_model_tokens_total{provider="ollama",direction="in"} 1000');
  expect(text).toContain('loghunter_model_tokens_total{provider="ollama",direction="out"} 200');
  expect(text).toContain('loghunter_model_cost_dollars_total{provider="ollama"} 0');
  expect(text).toContain('loghunter_model_call_duration_seconds_count{provider="ollama"} 1');
});

test('calls that fail, and those that a budget stops, are measured by why', async () => {
  const { explain, server, send } = await openExplanationServer(() => Promise.reject(away));
  await explain();
  await send('PATCH', '/api/v1/model-providers', { budgets: { tokensPerDay: 1 } });
  await explain({ isFresh: true });
  const { text } = await server.metrics.render();
  expect(text).toContain('loghunter_model_calls_total{provider="ollama",outcome="unavailable"} 3');
  expect(text).toContain('loghunter_model_calls_total{provider="ollama",outcome="budget"} 1');
});

describe('the quoted lines', () => {
  const at = '2026-10-05T10:02:10.000Z';
  const atMs = Date.parse(at);
  const text = 'ERROR pool exhausted: 20 of 20 connections in use';
  const labels = { service_name: 'payments', pod: 'payments-1' };
  const real = aQuotedLine({
    ...{ text, labels },
    hash: lineHashOf({ labels, timestampNs: BigInt(atMs) * 1_000_000n, line: text, metadata: {} }),
  });
  const falsified = aQuotedLine({ id: 'L2', findingId: 'F2', service: 'checkout', labels, text: 'ERROR made up' });
  const gone = aQuotedLine({ id: 'L3', labels: { service_name: 'nobody' }, text: 'ERROR out of retention' });
  const findings = [aFinding({ lineIds: ['L1', 'L3'] }), aFinding({ id: 'F2', service: 'checkout', lineIds: ['L2'] })];

  test('are read again from the log store, and what it refutes reaches no model', async () => {
    const answer = anAnswer({
      summary: [{ text: 'The pool is exhausted.', evidence: ['F1', 'L1'] }],
      root_cause: { service: 'payments', text: 'payments has no connections.', evidence: ['F1'] },
    });
    const pack = aPack({ lines: [real, falsified, gone], findings });
    const { explain, model, server } = await openExplanationServer(answers(answer), { pack });
    await server.push(labels, [[atMs, text]]);
    const { status, citations, hypotheses } = await explain();
    expect(status).toBe('explained');
    expect(citations.map(({ lineId, state }) => [lineId, state])).toEqual([
      ['L1', 'verified'],
      ['L2', 'refuted'],
      ['L3', 'unverified'],
    ]);
    const sent = JSON.stringify(model.requests.map(({ messages }) => messages));
    expect(sent).toContain('pool exhausted');
    expect(sent).toContain('out of retention');
    expect(sent).not.toContain('made up');
    expect(sent).not.toContain('F2');
    expect(hypotheses.map(({ service }) => service)).toEqual(['payments']);
  });

  test('are told with the fixed sentences as well, which leave out what is refuted', async () => {
    const { explain, server } = await openExplanationServer(() => Promise.reject(away), {
      pack: aPack({ lines: [real, falsified, gone], findings }),
    });
    await server.push(labels, [[atMs, text]]);
    const { status, citations, hypotheses } = await explain();
    expect(status).toBe('analysis_failed');
    expect(citations.map(({ state }) => state)).toEqual(['verified', 'refuted', 'unverified']);
    expect(hypotheses.map(({ service }) => service)).toEqual(['payments']);
  });

  test('leave nobody accused when those against the suspect are refuted', async () => {
    const claim = { text: 'Calls take longer.', evidence: ['F2'] };
    const hypothesis = { service: 'checkout', mechanism: 'It waits.', against: [], confidence: 'high' };
    const answer = anAnswer({
      ...{ summary: [claim], suggested_action: claim, root_cause: { service: 'checkout', ...claim } },
      hypotheses: [{ ...hypothesis, evidence: ['F2'] }],
    });
    const pack = aPack({
      lines: [
        { ...falsified, id: 'L1' },
        { ...gone, id: 'L2' },
      ],
    });
    const { explain, model, server } = await openExplanationServer(answers(answer), { pack });
    await server.push(labels, [[atMs, text]]);
    const explanation = await explain();
    expect(explanation).toMatchObject({
      status: 'explained',
      verdict: 'inconclusive',
      confidence: 0.1,
      rootCause: null,
    });
    expect(JSON.stringify(model.requests.map(({ messages }) => messages))).toContain('inconclusive');
  });

  test('are all refuted: no model is asked, and the fixed sentences name nobody', async () => {
    const lines = ['L1', 'L2'].map((id) => ({ ...falsified, id }));
    const { explain, model, server } = await openExplanationServer(answers(anAnswer()), { pack: aPack({ lines }) });
    await server.push(labels, [[atMs, text]]);
    expect(await explain()).toMatchObject({
      ...{ status: 'analysis_failed', verdict: 'inconclusive', confidence: 0.1, rootCause: null, hypotheses: [] },
      failure: 'The log store refutes all findings of the analysis.',
    });
    expect(model.requests).toHaveLength(0);
  });

  test('are unverified while the log store is away, and the explanation comes all the same', async () => {
    const { explain, server } = await openExplanationServer(answers(anAnswer()));
    server.fakeLogs.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is away' }));
    const { status, citations } = await explain();
    expect(status).toBe('explained');
    expect(citations.map(({ state, reason }) => [state, reason.includes('Loki is away')])).toEqual([
      ['unverified', true],
      ['unverified', true],
    ]);
  });
});

describe('private data', () => {
  test('goes out as pseudonyms and comes back in the view alone', async () => {
    const { explain, model, server } = await openExplanationServer(
      answers(anAnswer({ unknowns: ['Why <email-1> was slow is not known.'] }))
    );
    const { id, unknowns } = await explain();
    expect(unknowns).toEqual(['Why alice@example.com was slow is not known.']);
    const sent = JSON.stringify(model.requests.map(({ system, messages }) => [system, messages]));
    const kept = JSON.stringify(await server.explanations.get(server.tenantId, id));
    for (const value of ['alice@example.com', '10.0.0.7']) {
      expect(sent).not.toContain(value);
      expect(kept).not.toContain(value);
    }
    expect(sent).toContain('<email-1>');
  });

  test('stays away when a rule of the tenant has changed what pseudonyms stand for', async () => {
    const { explain, server, send } = await openExplanationServer(answers(anAnswer()));
    const { id } = await explain();
    await server.redactionStore.createRule(server.tenantId, {
      ...{ name: 'order', form: 'literal', pattern: '4711', createdBy: 'Ada' },
    });
    const shown = (await send('GET', `/api/v1/explanations/${id}`)).body as { explanation: Explanation };
    expect(shown.explanation.rootCause).toBe('payments has no free connections to <ip-1> (F1, L1).');
  });
});

describe('an answer that the evidence does not bear', () => {
  test('names an unknown id: one more try, which may succeed', async () => {
    const wrong = anAnswer({ suggested_action: { text: 'Restart it.', evidence: ['F9'] } });
    const { explain, model } = await openExplanationServer(({ messages }) => ({
      text: messages.length === 1 ? wrong : anAnswer(),
    }));
    expect(await explain()).toMatchObject({
      ...{ status: 'explained', isRepaired: true, inputTokens: 2000, outputTokens: 400 },
    });
    expect(model.requests[1]?.messages.at(-1)?.text).toContain('1 ids are not in the evidence');
  });

  test.each([
    ['invents ids twice', anAnswer({ summary: [{ text: 'It is so.', evidence: ['F77'] }] }), 'ids are not'],
    [
      'names a service that is not there',
      anAnswer({ root_cause: { service: 'ghost', text: 'ghost did it.', evidence: ['F1'] } }),
      'services are not',
    ],
    ['is no JSON', 'I think that payments is broken.', 'no JSON'],
    ['is invalid JSON', '{"summary": [', 'no JSON'],
    ['has NaN for a confidence', anAnswer().replace('"high"', 'NaN'), 'no valid JSON'],
    ['has another form', '{"answer": "payments"}', 'does not have the form'],
    ['has more fields', anAnswer({ tool_calls: [] }), 'does not have the form'],
    ['is empty', '', 'no JSON'],
    [
      'has no claim with evidence',
      anAnswer({ summary: [{ text: 'It is so.', evidence: [] }], hypotheses: [] }),
      'No claim',
    ],
  ])('%s: the fixed sentences stay, with the reason', async (_, text, reason) => {
    const { explain, model, jobOf } = await openExplanationServer(answers(text));
    const explanation = await explain();
    expect(model.requests).toHaveLength(2);
    expect(explanation).toMatchObject({
      ...{ status: 'analysis_failed', origin: 'fixed-sentences', confidence: 0.7 },
      failure: expect.stringContaining(reason) as string,
      summary: expect.stringContaining('It is payments.') as string,
    });
    expect(await jobOf(explanation)).toMatchObject({
      ...{ status: 'failed', failure: expect.stringMatching(/^analysis_failed: /) as string, attemptCount: 1 },
    });
  });

  test('loses the claims without ids, with false quotes and with invented names; the rest stays', async () => {
    const summary = [
      { text: 'Nobody knows why.', evidence: [] },
      { text: 'It says "pool exhausted: 20 of 20 connections" there.', evidence: ['L1'] },
      { text: 'It says "disk full on /dev/sda1" there.', evidence: ['L1'] },
      { text: 'The host db-prod-17.internal is down.', evidence: ['F1'] },
    ];
    const { explain } = await openExplanationServer(answers(anAnswer({ summary })));
    expect(await explain()).toMatchObject({
      ...{ summary: 'It says "pool exhausted: 20 of 20 connections" there (L1).', droppedClaimCount: 3 },
    });
  });

  test('has its links, images and tags taken out', async () => {
    const summary = [
      {
        text: 'See ![x](https://evil.example/a.png?q=1) the [pool](https://evil.example) <b>now</b>.',
        evidence: ['F1'],
      },
    ];
    const { explain } = await openExplanationServer(answers(anAnswer({ summary })));
    expect((await explain()).summary).toBe('See x the pool now (F1).');
  });

  test('proposes queries only as they may run', async () => {
    const next_checks = [
      { text: 'One.', query: '{service_name="payments"} | line_format "{{.x}}"' },
      { text: 'Two.', query: '{job=~".+"}' },
      { text: 'Three.', query: '{service_name="payments"} |= "TOKEN-9F3A"' },
    ];
    const { explain } = await openExplanationServer(answers(anAnswer({ next_checks })));
    expect((await explain()).nextChecks.map(({ query }) => query)).toEqual([null, null, null]);
  });
});

describe('confidence', () => {
  const hypothesis = { service: 'payments', mechanism: 'It leaks.', evidence: ['F1'], against: [] };
  test.each([
    ['is ours when the model is sure', { hypotheses: [{ ...hypothesis, confidence: 'high' }] }, 0.7],
    ['falls when the model doubts a little', { hypotheses: [{ ...hypothesis, confidence: 'medium' }] }, 0.6],
    ['falls more when it doubts much', { hypotheses: [{ ...hypothesis, confidence: 'low' }] }, 0.3],
    [
      'falls when it suspects another service',
      { root_cause: { service: 'checkout', text: 'checkout is slow.', evidence: ['F2'] } },
      0.5,
    ],
  ])('%s', async (_, changes, confidence) => {
    const { explain } = await openExplanationServer(answers(anAnswer(changes)));
    expect((await explain()).confidence).toBe(confidence);
  });

  test('nothing is proven where the evidence proves nothing, whatever the model says', async () => {
    const pack = aPack({ verdict: 'inconclusive', confidence: 0.2 });
    const { explain } = await openExplanationServer(answers(anAnswer()), { pack });
    expect(await explain()).toMatchObject({ verdict: 'inconclusive', rootCause: null, confidence: 0.2 });
  });
});

describe('a provider that does not answer', () => {
  test('is asked three times, then the fixed sentences stay with the reason', async () => {
    const { explain, model } = await openExplanationServer(() => ({ failure: away }));
    expect(await explain()).toMatchObject({
      ...{ status: 'analysis_failed', failure: 'nobody is there', origin: 'fixed-sentences', costUsd: null },
    });
    expect(model.requests).toHaveLength(3);
  });

  test('is asked again when it comes back', async () => {
    let isAway = true;
    const { explain, work, jobOf, send, server } = await openExplanationServer(() =>
      isAway ? { failure: away } : { text: anAnswer() }
    );
    const failed = await explain();
    isAway = false;
    expect((await explain()).status).toBe('explained');
    // The job of the first try may be repeated too.
    await send('POST', `/api/v1/jobs/${String(failed.jobId)}/retry`);
    await work();
    expect((await jobOf(failed)).status).toBe('succeeded');
    expect((await server.explanations.get(server.tenantId, failed.id))?.status).toBe('explained');
  });

  test('rests after five failures in a row, and is tried again a minute later', async () => {
    const { explain, model, server } = await openExplanationServer(() => ({ failure: away }));
    await explain();
    await explain();
    expect(model.requests).toHaveLength(5);
    expect((await explain()).failure).toContain('not asked for');
    expect(model.requests).toHaveLength(5);
    server.clock.advance(60_000);
    await explain();
    expect(model.requests.length).toBeGreaterThan(5);
  });

  test('is given up at the time limit', async () => {
    const { explain } = await openExplanationServer(() => new Promise(() => undefined), {
      variables: { LOGHUNTER_MODEL_TIMEOUT_SECONDS: '10' },
    });
    const asked = explain();
    await expect(asked).resolves.toMatchObject({ failure: 'The model did not answer within 10 s' });
  });

  test('and thinks for long is said to be alive, with its name and the time', async () => {
    const thought = Promise.withResolvers<void>();
    const { send, analysisId, server, work } = await openExplanationServer(async () => {
      await thought.promise;
      return { text: anAnswer() };
    });
    const begun = await send('POST', '/api/v1/explanations', { analysisId });
    const { explanation } = begun.body as { explanation: Explanation };
    const working = work();
    const job = async () => (await server.jobs.get(server.tenantId, String(explanation.jobId)))?.progressText ?? '';
    await expect.poll(job, { timeout: 15_000 }).toMatch(/^fake:7b is at it for \d+ s, nothing written yet$/);
    thought.resolve();
    await working;
  });

  test('that asks for a long pause is not waited for', async () => {
    const busy = new PortError({ system: 'ollama', kind: 'unavailable', message: 'busy', retryAfterMs: 3_600_000 });
    const { explain, model } = await openExplanationServer(() => ({ failure: busy }));
    expect((await explain()).failure).toBe('busy');
    expect(model.requests).toHaveLength(1);
  });

  test('refuses to answer: that is told', async () => {
    const { explain } = await openExplanationServer(() => ({ text: '', reason: 'refused' }));
    expect((await explain()).failure).toBe('The model refused to answer.');
  });
});

describe('nothing leaves', () => {
  const outside = { LOGHUNTER_OLLAMA_URL: 'https://models.example' };
  const priced = { ...outside, LOGHUNTER_MODEL_PRICES: `{"ollama/${testModelName}": {"input": 2, "output": 8}}` };

  test('the installation before an administrator has enabled the provider', async () => {
    const { send, analysisId, model } = await openExplanationServer(answers(anAnswer()), { variables: priced });
    const refused = await send('POST', '/api/v1/explanations', { analysisId });
    expect(refused).toMatchObject({ status: 422, body: { code: 'not-supported' } });
    expect(model.requests).toHaveLength(0);
    const preview = await send('POST', '/api/v1/explanations/preview', { analysisId });
    expect((preview.body as PreviewExplanationResponse).refusals[0]).toContain('no administrator has enabled it');
  });

  test('once it was enabled each call is priced, written down and counted', async () => {
    const { send, explain } = await openExplanationServer(answers(anAnswer()), { variables: priced });
    await send('PATCH', '/api/v1/model-providers', { enabledProviders: ['ollama'] });
    expect(await explain()).toMatchObject({ status: 'explained', costUsd: 0.0036 });
    const egress = (await send('GET', `/api/v1/egress?since=0&until=${Date.now() + 60_000}`))
      .body as ListEgressResponse;
    expect(egress).toMatchObject({
      leftInstallationCount: 1,
      totals: [{ destination: 'models.example', callCount: 1, inputTokens: 1000, outputTokens: 200, costUsd: 0.0036 }],
      entries: [{ outcome: 'answered', isEstimate: false, leftInstallation: true, purpose: 'explanation' }],
    });
  });

  test('while nobody has said what it costs', async () => {
    const { send, explain, model } = await openExplanationServer(answers(anAnswer()), { variables: outside });
    await send('PATCH', '/api/v1/model-providers', { enabledProviders: ['ollama'] });
    expect((await explain()).failure).toContain('LOGHUNTER_MODEL_PRICES');
    expect(model.requests).toHaveLength(0);
  });

  test.each([
    ['a budget of tokens', { tokensPerDay: 100 }, 'tokens a day'],
    ['a budget of calls', { callsPerMinute: 0 }, 'calls a minute'],
    ['a budget of money', { usdPerMonth: 0.001 }, 'money a month'],
  ])('past %s', async (_, budgets, reason) => {
    const { send, explain, model } = await openExplanationServer(answers(anAnswer()), { variables: priced });
    await send('PATCH', '/api/v1/model-providers', { enabledProviders: ['ollama'], budgets });
    const failed = await explain();
    expect(failed.failure).toContain(reason);
    expect(model.requests).toHaveLength(0);
  });

  test('after the switch was put off, also for a job that waits', async () => {
    const { send, analysisId, work, model } = await openExplanationServer(answers(anAnswer()));
    const begun = await send('POST', '/api/v1/explanations', { analysisId });
    await send('PATCH', '/api/v1/model-providers', { isEnabled: false });
    await work();
    const { id } = (begun.body as { explanation: Explanation }).explanation;
    expect((await send('GET', `/api/v1/explanations/${id}`)).body).toMatchObject({
      explanation: { status: 'analysis_failed', failure: expect.stringContaining('switched off') as string },
    });
    expect(model.requests).toHaveLength(0);
    expect((await send('POST', '/api/v1/explanations', { analysisId })).status).toBe(422);
  });

  test('other than the preview has shown, and the ledger keeps the same', async () => {
    const { send, analysisId, explain, model } = await openExplanationServer(answers(anAnswer()));
    const preview = (await send('POST', '/api/v1/explanations/preview', { analysisId }))
      .body as PreviewExplanationResponse;
    expect(preview).toMatchObject({ leavesInstallation: false, refusals: [], maxCostUsd: 0 });
    expect(preview.redactions).toContainEqual({ kind: 'email', count: 1 });
    await explain();
    const range = `?since=0&until=${Date.now() + 60_000}`;
    const { entries } = (await send('GET', `/api/v1/egress${range}`)).body as ListEgressResponse;
    const kept = (await send('GET', `/api/v1/egress/${entries[0]?.id ?? ''}`)).body as { text: string };
    const withoutFence = (text: string) => text.replaceAll(/[0-9a-f]{32}/g, 'FENCE');
    expect(withoutFence(kept.text)).toBe(withoutFence(preview.text));
    const [asked] = model.requests;
    expect(kept.text).toContain(asked?.system);
    expect(kept.text).toContain(asked?.messages[0]?.text);
  });
});
