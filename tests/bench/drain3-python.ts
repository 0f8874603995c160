import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const version = '0.9.11';
const folder = fileURLToPath(new URL('../../.cache/drain3', import.meta.url));

function hasDrain3(python: string): boolean {
  return spawnSync(python, ['-c', 'import drain3'], { stdio: 'ignore' }).status === 0;
}

/** A Python that has Drain3: the given one, the system's, or one in `.cache/drain3`, made with pip; null when none can be had. */
export function drain3Python(given: string | undefined): string | null {
  if (given !== undefined) {
    return hasDrain3(given) ? given : null;
  }
  const own = `${folder}/bin/python`;
  const found = ['python3', own].find((python) => hasDrain3(python));
  if (found !== undefined) {
    return found;
  }
  if (!existsSync(own)) {
    spawnSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
  }
  spawnSync(own, ['-m', 'pip', 'install', '--quiet', `drain3==${version}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  return hasDrain3(own) ? own : null;
}
