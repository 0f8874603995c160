// Checks dist/, as webpack left it, against bundle-rules.ts, and says how large it is.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { byteLength, inspectBundle, type BundledScript } from './bundle-rules.ts';

const folder = fileURLToPath(new URL('../dist', import.meta.url));

function readScript(name: string): BundledScript {
  const file = join(folder, name);
  const map = existsSync(`${file}.map`) ? JSON.parse(readFileSync(`${file}.map`, 'utf8')) : { sources: [] };
  const sources = (map.sources as readonly string[]).map((source, index) => ({
    name: source.replace('webpack://loghunter-app/', ''),
    text: String(map.sourcesContent?.[index] ?? ''),
  }));
  return { name, text: readFileSync(file, 'utf8'), sources };
}

const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.js')) : [];
const scripts = names.map(readScript);
const findings = inspectBundle(scripts, 'module.js');
findings.forEach((finding) => process.stdout.write(`${finding}\n`));
const kilobytes = (some: readonly BundledScript[]) =>
  Math.round(some.map(byteLength).reduce((left, right) => left + right, 0) / 1000);
process.stdout.write(
  `${scripts.length} scripts, ${kilobytes(scripts)} KB; start-up ${kilobytes(scripts.filter(({ name }) => name === 'module.js'))} KB\n`
);
process.exitCode = findings.length === 0 ? 0 : 1;
