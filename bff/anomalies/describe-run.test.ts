import { expect, test } from 'vitest';
import { describeRun } from './describe-run.ts';

const nowMs = Date.UTC(2026, 9, 5, 12);
const known = { marks: { fromMs: 0, allFromMs: 0, toMs: nowMs }, behind: new Map(), behindNames: [] };

test('a run that judges all there is says nothing, one that has as many services as it watches says so', () => {
  expect(describeRun(known, nowMs, { isCrowded: false, maxServices: 4000 })).toEqual({
    ...{ status: 'watching', statusDetail: '' },
  });
  const crowded = describeRun(known, nowMs, { isCrowded: true, maxServices: 4000 });
  expect(crowded).toMatchObject({
    status: 'watching',
    statusDetail: expect.stringMatching(/^Nearly 4,000 services/) as string,
  });
});
