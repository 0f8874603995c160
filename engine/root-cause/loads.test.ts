import { expect, test } from 'vitest';
import { compareLoads } from './loads.ts';

const told = {
  ...{ subjectText: '', service: '', deploys: [], notLookedAt: [] },
  ...{ redact: (text: string) => text, quote: (text: string) => text, queryOf: () => '' },
};

function windowOf(pointCount: number, percent: number) {
  const loads = Array.from({ length: pointCount }, (_, n) => ({
    service: 'kubelet',
    atMs: n,
    percent: percent + (n % 3),
  }));
  return { fromMs: 0, toMs: pointCount, lines: [], spans: [], loads, readMs: pointCount, queries: [] };
}

test('the loads of one service may have as many points as 500 series of a night', () => {
  const found = compareLoads({ ...told, baseline: windowOf(1000, 5), incident: windowOf(400_000, 90) });
  expect(found).toMatchObject([
    { service: 'kubelet', firstMs: 0, incident: expect.stringContaining('92.0 %') as string },
  ]);
});
