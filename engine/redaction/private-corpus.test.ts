import { expect, test } from 'vitest';
import { createPrivateLines, isLeft, privateLineKinds } from '../testing/private-lines.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { redact, redactWithReport } from './redact.ts';

const lines = createPrivateLines(5000, createSeededRandom(61));

/** Lines of services as they are every day: numbers, ids, hashes, times, paths and words that look like more than they are. */
function createHarmlessLines(count: number): readonly string[] {
  const random = createSeededRandom(7);
  const makers = [
    () =>
      `2026-11-21T02:51:${10 + random.below(50)}.120Z INFO [worker-${random.below(9)}] com.acme.Orders: order ${random.below(1_000_000)} took ${random.below(900)} ms`,
    () =>
      `{"level":"info","ts":"2026-11-21T02:51:19Z","msg":"request done","trace_id":"${random.hex(32)}","span_id":"${random.hex(16)}","status":200}`,
    () =>
      `level=info ts=2026-11-21T02:51:19Z caller=compact.go:519 msg="write block" ulid=01JD${random.hex(22).toUpperCase()} duration=${random.below(90)}ms`,
    () =>
      `commit ${random.hex(40)} merged into main by bot, version ${random.below(9)}.${random.below(20)}.${random.below(9)}`,
    () =>
      `pod shop-${random.hex(10)}-${random.hex(5)} uid ${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)} started`,
    () => `image registry.internal/shop@sha256:${random.hex(64)} pulled in ${random.below(90)}.${random.below(999)}s`,
    () => `session 0x14${random.hex(14)} expired, timeout of ${random.below(60000)}ms exceeded`,
    () => `token bucket refilled: ${random.below(900)} tokens, key=orders-${random.below(50)}, pin=false`,
    () => `blk_-${random.below(2 ** 31)}${random.below(2 ** 31)} size 67108864 offset ${random.below(2 ** 31)}`,
    () => `at com.acme.auth.TokenService.refresh(TokenService.java:${random.below(900)}) password=null secret=<none>`,
    () =>
      `GET /api/v1/users/${random.below(99999)}/orders?page=${random.below(50)}&sort=date HTTP/1.1 200 ${random.below(99999)}`,
    () =>
      `kernel: [${random.below(99999)}.${random.below(999999)}] usb 1-${random.below(9)}: new device 0x${random.hex(4)}:0x${random.hex(4)}`,
    () => `checksum ${random.hex(64)} of part ${random.below(900)}, etag "${random.hex(32)}-${random.below(9)}"`,
    () =>
      `1760${random.below(900_000_000)} metric=http_request_duration_seconds le=0.${random.below(99)} value=${random.below(9999)}`,
    () => `Failed password for invalid user admin${random.below(99)} port ${random.below(65535)} ssh2`,
    () =>
      `cache key user:${random.below(99999)}:cart missed; author=team-${random.below(9)} keyspace=orders signature=none`,
  ];
  return Array.from({ length: count }, (_, index) => makers[index % makers.length]?.() ?? '');
}

// Kinds of which more than the value goes, as it must: the armour of a key, both halves of a broken token.
const replacesMore: ReadonlySet<string> = new Set(['private-key', 'private-key-escaped', 'broken-over-lines']);

test('the corpus has more than 60 kinds', () => {
  expect(privateLineKinds.size).toBeGreaterThan(60);
  expect(new Set(lines.map((line) => line.kind)).size).toBe(privateLineKinds.size);
});

test('private values are in their lines', () => {
  expect(lines.filter((line) => !isLeft(line, line.text))).toEqual([]);
});

test('at least 99 of 100 private values go', () => {
  const left = lines.filter((line) => isLeft(line, redact(line.text)));
  expect(left.length / lines.length).toBeLessThanOrEqual(0.01);
});

test('no kind is missed more than once in 20 times', () => {
  const missed = [...privateLineKinds.keys()].filter((kind) => {
    const own = lines.filter((line) => line.kind === kind);
    return own.filter((line) => isLeft(line, redact(line.text))).length > own.length / 20;
  });
  expect(missed).toEqual([]);
});

test('at most one of 1,000 harmless lines changes', () => {
  const harmless = createHarmlessLines(8000);
  const changed = harmless.filter((line) => redact(line) !== line);
  expect(changed.slice(0, 3)).toEqual([]);
  expect(changed.length / harmless.length).toBeLessThanOrEqual(0.001);
});

test('lines of the corpus keep what is not private', () => {
  // The carriers around the values: 40 characters at least, of which no more than a few are next to a value.
  const withoutSurroundings = lines.filter((line) => {
    const redacted = redact(line.text);
    const kept = redacted.replace(/<[a-z-]+>/g, '').length;
    return kept < (line.text.length - line.value.length) * 0.5 && !replacesMore.has(line.kind);
  });
  expect(withoutSurroundings.map((line) => line.kind)).toEqual([]);
});

test('redacting the corpus twice changes nothing', () => {
  for (const { text } of lines) {
    const once = redact(text);
    expect(redact(once)).toBe(once);
  }
});

test('a line that was nothing but a value is reported', () => {
  expect(redactWithReport('bob@example.com').hasWholeLines).toBe(true);
  expect(redactWithReport('a\n  10.0.0.7\nb').hasWholeLines).toBe(true);
  expect(redactWithReport('from 10.0.0.7\nto 10.0.0.8').hasWholeLines).toBe(false);
  expect(redactWithReport('<ip>\nfrom 10.0.0.7').hasWholeLines).toBe(false);
});

test('values outside the corpus lines widen no match to a whole line in silence', () => {
  for (const { text } of lines) {
    const report = redactWithReport(text);
    const isShorter = report.text.split('\n').length < text.split('\n').length;
    expect(report.hasWholeLines || !isShorter).toBe(true);
    expect(report.hasWholeLines || !report.text.split('\n').some((line) => /^\s*<[a-z-]+>\s*$/.test(line))).toBe(true);
  }
});
