// Online honesty: what a scanner stored of each line as it came, against what the lines are, and against where their first ids lead.
import { expect, test } from 'vitest';
import { scanLines } from './scanned-lines.ts';

const names = [
  'alpha',
  'bravo',
  'carol',
  'delta',
  'erin',
  'frank',
  'grace',
  'heidi',
  'ivan',
  'judy',
  'mallory',
  'niaj',
];
const things = ['pool', 'cache', 'queue', 'shard', 'topic', 'ledger', 'bucket', 'mirror', 'replica', 'index'];
const statements: ReadonlyArray<(name: string, thing: string, n: number) => string> = [
  (name) => `session of user ${name} was closed by peer`,
  (name, _, n) => `GET /api/v1/orders took ${n} ms for customer ${name}`,
  (_, thing, n) => `level=warn msg="cannot write to ${thing}, will try again" attempt=${n}`,
  (name, thing) => `{"level":"error","msg":"a write to ${thing} was refused","owner":"${name}"}`,
  (_, __, n) => `listening on port ${n}`,
  (name, _, n) => `10.0.0.${n % 250} - - [21/Nov/2026:10:00:00 +0000] "GET /users/${name}/cart HTTP/1.1" 200 ${n}`,
  (name, _, n) => `10.0.0.${n % 250} - - [21/Nov/2026:10:00:00 +0000] "GET /health?by=${name} HTTP/1.1" 200 ${n}`,
];

test('lines are in the clusters of their statements, and no line leaves the cluster that it was first put into', async () => {
  const lines = Array.from({ length: 700 }, (_, n) => {
    // Names come one after the other, so that rules are learned while lines of them are counted already.
    const [name = '', thing = ''] = [
      names[Math.floor(n / 50) % names.length],
      things[Math.floor(n / 60) % things.length],
    ];
    return statements[n % statements.length]?.(name, thing, n) ?? '';
  });
  const scan = await scanLines(lines, 25);
  const firstIds = new Set(scan.lines.slice(0, 7).map(({ id }) => id));
  expect(firstIds.size).toBe(7);
  const wrong = scan.lines.filter(
    ({ id }, n) => n % statements.length !== 5 && id !== scan.lines[n % statements.length]?.id
  );
  expect(wrong).toEqual([]);
  expect(scan.ruleCount).toBeGreaterThan(0);
  expect(scan.lines.filter(({ firstId, id }) => firstId !== id).length).toBeGreaterThan(0);
  expect(scan.lines.filter(({ firstCanonicalId, id }) => firstCanonicalId !== id)).toEqual([]);
}, 120_000);
