import { explanationMarkdown } from './explanation-markdown';

const explanation = {
  origin: 'model',
  verdict: 'likely',
  confidence: 0.72,
  rootCause: 'The pool was halved.',
  summary: 'payments runs out of connections.',
  suggestedAction: null,
  hypotheses: [
    { service: 'payments', mechanism: 'pool exhausted', confidence: 'high', evidence: ['F1', 'L2'], against: ['F3'] },
  ],
  unknowns: [],
  nextChecks: [{ text: 'Look at the pool', query: '{app="payments"} |= `pool`' }],
  provider: 'ollama',
  model: 'qwen3',
  citations: [{ lineId: 'L1', hash: '0', state: 'verified', reason: '' }],
} as const;

describe('explanationMarkdown', () => {
  const mutable = {
    ...explanation,
    hypotheses: explanation.hypotheses.map((entry) => ({
      ...entry,
      evidence: [...entry.evidence],
      against: [...entry.against],
    })),
    unknowns: [],
    nextChecks: [...explanation.nextChecks],
    citations: [...explanation.citations],
  };

  it('says on top who wrote it', () => {
    expect(explanationMarkdown(mutable).split('\n')[0]).toBe(
      '**likely** (confidence 72 %). _AI-generated (ollama qwen3), checked against the evidence._'
    );
    expect(explanationMarkdown({ ...mutable, origin: 'fixed-sentences' })).toContain('no model');
  });

  it('names the evidence of each claim', () => {
    expect(explanationMarkdown(mutable)).toContain('- payments: pool exhausted (high; for F1, L2; against F3)');
  });

  it('leaves out what there is nothing of, and keeps a query inside its quotes', () => {
    const text = explanationMarkdown(mutable);
    expect(text).not.toContain('Not known');
    expect(text).not.toContain('Suggested');
    expect(text).toContain('`{app="payments"} |= \'pool\'`');
  });
});
