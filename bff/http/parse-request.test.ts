import { expect, test } from 'vitest';
import { z } from 'zod';
import { parsePart } from './parse-request.ts';
import { ProblemError } from './problem-error.ts';

const channel = z.object({
  name: z.string(),
  rules: z.object({ quietHours: z.object({ from: z.string() }).optional() }).optional(),
  targets: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('web'), url: z.string() }),
        z.object({ kind: z.literal('mail') }),
      ])
    )
    .default([]),
  labels: z.record(z.string(), z.string()).default({}),
});

function problemsOf(given: Record<string, unknown>) {
  try {
    parsePart(channel, given, 'body');
  } catch (error) {
    return error instanceof ProblemError ? error.errors : error;
  }
  return undefined;
}

test('what the schema knows, names of records and defaults included, is taken', () => {
  const given = { name: 'on call', rules: { quietHours: { from: '22:00' } }, labels: { team: 'a' } };

  expect(parsePart(channel, given, 'body')).toEqual({ ...given, targets: [] });
});

test.each([
  ['at the top', { name: 'a', extra: 1 }, 'body'],
  [
    'two levels down',
    { name: 'a', rules: { quietHours: { from: '22:00', untli: '6:00' } } },
    'body.rules.quietHours.untli',
  ],
  [
    'in a list of alternatives',
    { name: 'a', targets: [{ kind: 'mail' }, { kind: 'mail', url: 'x' }] },
    'body.targets.1.url',
  ],
])('an unknown field %s is refused by its path', (_where, given, path) => {
  expect(problemsOf(given)).toEqual([{ path, message: expect.stringMatching(/^Unrecognized key: "/u) }]);
});
