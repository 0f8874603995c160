// Rules that no linter knows: no address of a package registry and no path of a developer's machine in any tracked
// file, the lockfile included, and no leftover markers.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// Written in pieces, so that this file does not break its own rule.
const registries = [
  'registry.' + 'npmjs',
  'npmjs.' + 'org/',
  'proxy.' + 'golang',
  'pypi.' + 'org',
  'deb.' + 'debian',
  'crates.' + 'io',
];
const machinePaths = [/(^|[\s"'`(=])\/(work|root)\/(?!\.{3})[a-z]/];
const leftovers = new RegExp('\\b(TO' + 'DO|FIX' + 'ME)\\b');

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

function inspect(file: string): Finding[] {
  const text = readFileSync(file, 'utf8');
  if (text.includes('\0')) {
    return [];
  }
  return text.split('\n').flatMap((line, index): Finding[] => {
    const found: Finding[] = [];
    const add = (rule: string) => found.push({ file, line: index + 1, rule });
    if (registries.some((registry) => line.includes(registry))) {
      add('names a package registry');
    }
    if (machinePaths.some((pattern) => pattern.test(line))) {
      add('holds a path of a machine');
    }
    if (/\.(ts|tsx|mjs|cjs|sh|sql)$/.test(file) && leftovers.test(line)) {
      add('holds a leftover marker: open an issue instead');
    }
    return found;
  });
}

// Lines of logs and recordings may hold any path: they are data.
const data = /(__fixtures__\/|tests\/corpora\/|^\.config\/|\.(png|svg|gz|zst|ico)$)/;
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !data.test(file));
const findings = files.flatMap(inspect);
for (const { file, line, rule } of findings) {
  process.stdout.write(`${file}:${line} ${rule}\n`);
}
process.exitCode = findings.length === 0 ? 0 : 1;
