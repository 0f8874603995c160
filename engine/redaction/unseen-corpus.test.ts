import { expect, test } from 'vitest';
import { isLeft } from '../testing/private-lines.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { createUnseenLines, unseenKindCount } from '../testing/unseen-lines.ts';
import { redact, redactWithReport } from './redact.ts';

const lines = createUnseenLines(6000, createSeededRandom(17));

test('the second corpus has more than 100 kinds, each with its value in the line', () => {
  expect(unseenKindCount).toBeGreaterThan(100);
  expect(new Set(lines.map((line) => line.kind)).size).toBe(unseenKindCount);
  expect(lines.filter((line) => !isLeft(line, line.text))).toEqual([]);
});

test('at least 99 of 100 private values of the second corpus go, and no kind is missed more than once in 20 times', () => {
  const left = lines.filter((line) => isLeft(line, redact(line.text)));
  expect(left.length / lines.length).toBeLessThanOrEqual(0.01);
  const missed = [...Map.groupBy(left, (line) => line.kind)].filter(
    ([kind, own]) => own.length > lines.filter((line) => line.kind === kind).length / 20
  );
  expect(missed.map(([kind]) => kind)).toEqual([]);
});

test('redacting the second corpus twice changes nothing, and no line goes in silence', () => {
  for (const { text } of lines) {
    const report = redactWithReport(text);
    expect(redact(report.text)).toBe(report.text);
    expect(report.hasWholeLines || !report.text.split('\n').some((line) => /^\s*<[a-z-]+>\s*$/.test(line))).toBe(true);
  }
});

test.each([
  'Failed password for root from port 22 ssh2',
  'password was changed to the new policy of the company',
  'Use 2026 as the base year of the report',
  'PASS src/pages/clusters.test.ts (5.1 s)',
  'token -> identifier, keyword -> reserved word',
  'GET /search?key=order-by-date&page=2 200',
  'version 1.2.3.4567 build 210.30.4000 of module a1b2.c3d4',
  '[token] started',
  'client_name=checkout-service connected',
  'location=/var/log/app position=17 geo=eu',
  'address: 0.0.0.0:8080 street view loaded',
  '{"name":"http_requests_total","value":"17"}',
  'born to run: 12 workers',
  'digest sha256:aaaa response=200',
])('%s stays but for addresses', (line) => {
  expect(redact(line).replaceAll('<ip>', '0.0.0.0')).toBe(line);
});
