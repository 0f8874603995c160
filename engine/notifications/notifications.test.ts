import { describe, expect, test } from 'vitest';
import { decideNotice, type ChannelRules, type NoticeFacts } from './decide-notice.ts';
import { endOfQuietHours, isTimeZone, type QuietHours } from './quiet-hours.ts';

const night: QuietHours = { timeZone: 'Europe/Vienna', from: '22:00', to: '07:00' };
const at = (text: string) => Date.parse(text);
const endOf = (quiet: QuietHours, text: string) => {
  const endMs = endOfQuietHours(quiet, at(text));
  return endMs === null ? null : new Date(endMs).toISOString();
};

describe('quiet hours', () => {
  test('hold from their start to before their end, also over midnight', () => {
    expect(endOf(night, '2026-11-20T20:59:59Z')).toBeNull();
    expect(endOf(night, '2026-11-20T21:00:00Z')).toBe('2026-11-21T06:00:00.000Z');
    expect(endOf(night, '2026-11-21T05:59:59Z')).toBe('2026-11-21T06:00:00.000Z');
    expect(endOf(night, '2026-11-21T06:00:00Z')).toBeNull();
  });

  test('end by the clock on the wall in the nights in which clocks are changed', () => {
    // 29 March 2026: at 02:00 it is 03:00; 25 October: at 03:00 it is 02:00 again.
    expect(endOf(night, '2026-03-28T22:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(endOf(night, '2026-10-24T22:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
    // An end that this night does not have: when clocks have passed it.
    expect(endOf({ ...night, to: '02:30' }, '2026-03-28T22:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  test('hold on the days on which they begin', () => {
    const weekend: QuietHours = { ...night, days: ['fri', 'sat'] };
    // 20 November 2026 is a Friday.
    expect(endOf(weekend, '2026-11-20T23:00:00Z')).toBe('2026-11-21T06:00:00.000Z');
    expect(endOf(weekend, '2026-11-22T02:00:00Z')).toBe('2026-11-22T06:00:00.000Z');
    expect(endOf(weekend, '2026-11-22T23:00:00Z')).toBeNull();
    expect(endOf(weekend, '2026-11-19T23:00:00Z')).toBeNull();
  });

  test('that follow each other end at the first gap, and without a gap never', () => {
    const allDay: QuietHours = { ...night, from: '00:00', to: '00:00' };
    expect(endOf({ ...allDay, days: ['sat', 'sun'] }, '2026-11-21T10:00:00Z')).toBe('2026-11-22T23:00:00.000Z');
    expect(endOf(allDay, '2026-11-21T10:00:00Z')).toBeNull();
  });

  test('know time zones with odd offsets and refuse those that do not exist', () => {
    expect(endOf({ ...night, timeZone: 'Asia/Kathmandu' }, '2026-11-20T17:00:00Z')).toBe('2026-11-21T01:15:00.000Z');
    expect([isTimeZone('Asia/Kathmandu'), isTimeZone('Mars/Olympus')]).toEqual([true, false]);
  });
});

describe('whether a channel is told', () => {
  const rules: ChannelRules = { minSeverity: 'HIGH', kinds: [], services: [], quietHours: null, groupSeconds: 30 };
  const notice: NoticeFacts = {
    ...{ kind: 'incident-opened', severity: 'HIGH', service: 'checkout' },
    isClusterIgnored: false,
  };

  test('of what is as severe as its threshold, and of nothing below', () => {
    expect(decideNotice(rules, notice)).toEqual({ isTold: true, isQuiet: true });
    expect(decideNotice(rules, { ...notice, severity: 'CRITICAL' })).toMatchObject({ isTold: true });
    expect(decideNotice(rules, { ...notice, severity: 'MEDIUM' })).toEqual({
      ...{ isTold: false, reason: 'severity-below-threshold' },
    });
  });

  test('of the kinds and services that it names, and of all when it names none', () => {
    const narrow = { ...rules, kinds: ['cluster-new'], services: ['cart'] };
    expect(decideNotice(narrow, notice)).toEqual({ isTold: false, reason: 'kind-not-chosen' });
    expect(decideNotice(narrow, { ...notice, kind: 'cluster-new' })).toEqual({
      ...{ isTold: false, reason: 'service-not-chosen' },
    });
    expect(decideNotice(narrow, { ...notice, kind: 'cluster-new', service: 'cart' })).toMatchObject({ isTold: true });
  });

  test('never of a cluster that is ignored, however severe', () => {
    const severe = { ...notice, severity: 'CRITICAL' as const, isClusterIgnored: true };
    expect(decideNotice(rules, severe)).toEqual({ isTold: false, reason: 'cluster-ignored' });
  });

  test('at any hour of what is as severe as its exception', () => {
    const quiet = { ...rules, quietHours: { ...night, exceptFrom: 'CRITICAL' as const } };
    expect(decideNotice(quiet, notice)).toEqual({ isTold: true, isQuiet: true });
    expect(decideNotice(quiet, { ...notice, severity: 'CRITICAL' })).toEqual({ isTold: true, isQuiet: false });
  });
});
