import type { LedgerFinding, LedgerVerification } from '@loghunter/bff/ledger-verification';
import { expect, test } from 'vitest';
import { describeComparison, describeRepair, renderFinding } from './render-findings.ts';

const startMs = Date.UTC(2026, 10, 20, 10);

function finding(overrides: Partial<LedgerFinding> = {}): LedgerFinding {
  return {
    kind: 'lines',
    labels: { pod: 'b', app: 'shop' },
    subjectId: '',
    startMs,
    stored: 7,
    expected: 5,
    watchIds: [],
    ...overrides,
  };
}

function verification(overrides: Partial<LedgerVerification> = {}): LedgerVerification {
  return {
    range: { fromMs: startMs, toMs: startMs + 3_600_000 },
    comparedMinuteCount: 60,
    forgottenMinuteCount: 0,
    unreadLineCount: 0,
    findings: [],
    ...overrides,
  };
}

test('a stream minute shows its labels in order of name and both counts', () => {
  expect(renderFinding(finding())).toBe(
    'lines\t2026-11-20T10:00:00.000Z\t{app="shop", pod="b"}\tledger 7\tthe log store 5'
  );
});

test('a total has no time', () => {
  expect(renderFinding(finding({ kind: 'cluster', labels: null, subjectId: 'id-1', startMs: null }))).toBe(
    'cluster\ttotal\tid-1\tledger 7\tits levels 5'
  );
});

test('first and last seen are told as times', () => {
  const wrong = { labels: null, subjectId: 'id-1', startMs: null, stored: startMs, expected: null } as const;
  expect(renderFinding(finding({ ...wrong, kind: 'first-seen' }))).toBe(
    'first-seen\ttotal\tid-1\tledger 2026-11-20T10:00:00.000Z\tits minutes never'
  );
});

test('label values cannot send commands to a terminal', () => {
  expect(renderFinding(finding({ labels: { app: '\u001b[2J' } }))).not.toContain('\u001b');
});

test('the summary names what was not compared and what is unread', () => {
  expect(describeComparison(verification())).toBe('no difference in 60 stream minutes since 2026-11-20T10:00:00.000Z');
  const partial = verification({ findings: [finding()], forgottenMinuteCount: 3, unreadLineCount: 4 });
  expect(describeComparison(partial)).toMatch(/^1 differences .*3 stream minutes .*4 lines are stated as unread$/);
});

test('the repair says what is left', () => {
  const before = verification({ findings: [finding(), finding()] });
  expect(describeRepair(before, verification())).toBe('all 2 differences mended');
  expect(describeRepair(before, verification({ findings: [finding()] }))).toBe('1 differences are left of 2');
});
