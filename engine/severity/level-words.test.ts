import { expect, test } from 'vitest';
import { levelsBySeverity, mostSevere, parseLevel } from './index.ts';

test.each([
  ['ERR', 'error'],
  ['E', 'error'],
  ['Severe', 'error'],
  ['CRIT', 'fatal'],
  ['emerg', 'fatal'],
  ['NOTICE', 'info'],
  ['Warning', 'warn'],
  ['wrn', 'warn'],
  [' info ', 'info'],
  ['FINEST', 'trace'],
  ['dbug', 'debug'],
  ['60', 'fatal'],
  ['50', 'error'],
  ['40', 'warn'],
  ['30', 'info'],
  ['20', 'debug'],
  ['10', 'trace'],
  ['0', 'fatal'],
  ['3', 'error'],
  ['4', 'warn'],
  ['6', 'info'],
  ['7', 'debug'],
  ['61', undefined],
  ['8', undefined],
  ['gold', undefined],
  ['', undefined],
  ['constructor', undefined],
  ['errorerrorerrorerror', undefined],
])('%j means %s', (word, level) => {
  expect(parseLevel(word)).toBe(level);
});

test.each([
  ['python', '30', 'warn'],
  ['python', '40', 'error'],
  ['otel', '9', 'info'],
  ['otel', '17', 'error'],
  ['otel', '24', 'fatal'],
  ['otel', '0', undefined],
  ['otel', '25', undefined],
  ['syslog', '2', 'fatal'],
] as const)('numbers of %s: %s means %s', (numbers, word, level) => {
  expect(parseLevel(word, numbers)).toBe(level);
});

test('the more severe level wins, unknown loses', () => {
  for (const [rank, level] of levelsBySeverity.entries()) {
    for (const other of levelsBySeverity.slice(rank)) {
      expect([mostSevere(level, other), mostSevere(other, level)]).toEqual([level, level]);
    }
  }
});
