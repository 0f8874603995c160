import { expect, test } from 'vitest';
import { aPack } from '../testing/plant-analysis.ts';
import { fixedExplanation } from './fixed-explanation.ts';

test('the fixed sentences say suspect, evidence and next step, and are sure of the first suspect alone', () => {
  expect(fixedExplanation(aPack())).toMatchObject({
    ...{ origin: 'fixed-sentences', rootCause: 'payments: its pool of connections is exhausted' },
    suggestedAction: 'Look at the connections of payments.',
    hypotheses: [
      { service: 'payments', evidence: ['F1'], confidence: 'medium' },
      { service: 'checkout', evidence: ['F2'], confidence: 'low' },
    ],
    unknowns: ['metrics: none are configured'],
  });
});

test('without proof no cause is named', () => {
  expect(fixedExplanation(aPack({ verdict: 'inconclusive' })).rootCause).toBeNull();
  expect(fixedExplanation(aPack({ suspects: [] }))).toMatchObject({ rootCause: null, hypotheses: [] });
});
