// Compares src/locales/en-US with the texts in the plugin's sources; `--write` makes it what they say. Also says what readers would see or hear wrongly.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPlainTexts } from './plain-texts.ts';
import { readTranslations } from './read-translations.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
// Grafana finds it by the plugin's id and the languages that plugin.json names.
const file = join(root, 'src', 'locales', 'en-US', 'loghunter-app.json');

interface Nested {
  [part: string]: string | Nested;
}

function nest(texts: ReadonlyMap<string, string>): Nested {
  const nested: Nested = {};
  for (const [key, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const parts = key.split('.');
    const last = parts.pop() ?? key;
    let place = nested;
    for (const part of parts) {
      const next = (place[part] ??= {});
      if (typeof next === 'string') {
        throw new TypeError(`the key '${key}' goes on below a key that has a text itself`);
      }
      place = next;
    }
    place[last] = text;
  }
  return nested;
}

const { texts, problems: wrongCalls } = readTranslations(join(root, 'src'));
const problems = [...wrongCalls, ...findPlainTexts(join(root, 'src'))];
for (const problem of problems) {
  process.stdout.write(`${problem}\n`);
}
const wanted = `${JSON.stringify(nest(texts), null, 2)}\n`;
if (process.argv.includes('--write')) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
} else if (readFileSync(file, 'utf8') !== wanted) {
  process.stdout.write('src/locales/en-US is stale: run node tooling/translations.ts --write\n');
  process.exitCode = 1;
}
if (problems.length > 0) {
  process.exitCode = 1;
}
