import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inputError } from './input-error.ts';

/** Paths that a pattern stands for, and lines for patterns that stand for none. */
export interface ExpandedPaths {
  /** In the order given; files of one rotation oldest first; each once. */
  readonly paths: readonly string[];
  readonly errors: readonly Error[];
}

interface RotatedName {
  /** Of the file that is written now. */
  readonly current: string;
  /** Smaller for older files; the current one is 0. */
  readonly age: number;
}

/**
 * Expands `*`, `**`, `?`, `[...]` and `{...}` in what is not a file's own name, for shells that do not. Rotated files of one log
 * (`app.log.2.gz`, `app.log.1`, `app.log-20261120.zst`, `app.log`) come in the order in which they were written.
 */
export async function expandPaths(patterns: readonly string[]): Promise<ExpandedPaths> {
  const errors: Error[] = [];
  const found: string[] = [];
  for (const pattern of patterns) {
    if (pattern === '-' || !/[*?[{]/.test(pattern) || existsSync(pattern)) {
      found.push(pattern);
      continue;
    }
    const matches = await findFiles(pattern);
    if (matches.length === 0) {
      errors.push(inputError(pattern, 'no file has such a name'));
    }
    found.push(...matches);
  }
  return { paths: inOrderOfWriting([...new Set(found)]), errors };
}

async function findFiles(pattern: string): Promise<readonly string[]> {
  const matches: string[] = [];
  for await (const entry of glob(pattern, { withFileTypes: true })) {
    if (!entry.isDirectory()) {
      matches.push(join(entry.parentPath, entry.name));
    }
  }
  return matches.sort();
}

function inOrderOfWriting(paths: readonly string[]): readonly string[] {
  const rotations = Map.groupBy(paths, (path) => (path === '-' ? path : rotatedNameOf(path).current));
  return [...rotations.values()].flatMap((rotation) =>
    rotation.toSorted((a, b) => rotatedNameOf(a).age - rotatedNameOf(b).age)
  );
}

/** `app.log.2.gz` is of `app.log`, as are `app.log-20261120` and `app-2026-11-20.log`'s like. */
function rotatedNameOf(path: string): RotatedName {
  const name = basename(path).replace(/\.(?:gz|zst|zstd)$/, '');
  const numbered = /^(.+)\.(\d{1,4})$/.exec(name);
  if (numbered !== null) {
    return { current: join(dirname(path), numbered[1] ?? ''), age: -Number(numbered[2]) };
  }
  const dated = /^(.+)[-._](\d{4})-?(\d{2})-?(\d{2})(?:[-_T]?(\d{2,6}))?$/.exec(name);
  if (dated !== null) {
    // A file with a date is older than any number of rotations: a date counts down from a far day.
    const stamp = Number(`${dated[2]}${dated[3]}${dated[4]}${(dated[5] ?? '').padEnd(6, '0')}`);
    return { current: join(dirname(path), dated[1] ?? ''), age: stamp - 1e15 };
  }
  return { current: join(dirname(path), name), age: 0 };
}
