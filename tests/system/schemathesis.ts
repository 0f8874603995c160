import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const version = '4.32.5';
const folder = fileURLToPath(new URL('../../.cache/schemathesis', import.meta.url));

/** The program in `.cache/schemathesis`, made with pip when it is missing; null when it cannot be had. */
export function findSchemathesis(): string | null {
  const program = `${folder}/bin/schemathesis`;
  if (!existsSync(program)) {
    spawnSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
    spawnSync(`${folder}/bin/python`, ['-m', 'pip', 'install', '--quiet', `schemathesis==${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return existsSync(program) ? program : null;
}
