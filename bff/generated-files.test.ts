import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { generatedFiles } from './generated-files.ts';
import { renderExample } from './settings/example.ts';
import { Environment } from './settings/table.ts';

test.each(generatedFiles().map((file) => [basename(file.path), file] as const))(
  '%s is what the code makes of it',
  (_, file) => {
    // `npm run generate --workspace bff` writes it anew.
    expect(readFileSync(file.path, 'utf8')).toBe(file.text);
  }
);

test('the example settings are valid as they stand', () => {
  const lines = renderExample()
    .split('\n')
    .filter((line) => /^# LOGHUNTER_\w+=/.test(line));
  const variables = Object.fromEntries(lines.map((line) => line.slice(2).split(/=(.*)/s).slice(0, 2)));
  expect(Object.keys(variables)).toEqual(Object.keys(Environment.shape));
  // Which of them were given is all that differs.
  const unasked = { givenSettings: null, described: null };
  expect({ ...parseConfig(variables), ...unasked }).toEqual({ ...parseConfig({}), ...unasked });
});
