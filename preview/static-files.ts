import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A third of Grafana's icons is not on npm: a dot keeps their place. */
const missingIcon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="4" fill="currentColor"/></svg>';

/** A folder's files under a path. A file that is not there is 404, but a missing icon becomes a dot. */
export interface FileRoot {
  readonly prefix: string;
  readonly directory: string;
}

/** Sends a file of the folders; false when the path lies in none of them. */
export async function sendFile(answer: ServerResponse, roots: readonly FileRoot[], path: string): Promise<boolean> {
  const root = roots.find(({ prefix }) => path.startsWith(prefix));
  if (root === undefined) {
    return false;
  }
  const directory = normalize(root.directory);
  const file = join(directory, decodeURIComponent(path.slice(root.prefix.length)));
  const size = file.startsWith(directory + sep) ? await sizeOf(file) : undefined;
  if (size !== undefined) {
    answer.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-length': size,
      'cache-control': 'no-cache',
    });
    createReadStream(file).pipe(answer);
  } else if (path.includes('/img/icons/')) {
    answer.writeHead(200, { 'content-type': 'image/svg+xml' }).end(missingIcon);
  } else {
    answer.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
  }
  return true;
}

async function sizeOf(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

/** Folder of an installed package. */
export function packageDirectory(name: string): string {
  return dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
}

/** Font files by the names under which Grafana's style sheets ask for them; other weights and scripts fall back to the nearest. */
export function fontPath(path: string): string | undefined {
  const name = /^\/public\/fonts\/(.+)\.woff2$/.exec(path)?.[1];
  if (name === undefined) {
    return undefined;
  }
  if (!name.startsWith('inter/')) {
    return '/fonts/roboto-mono/roboto-mono-latin-400-normal.woff2';
  }
  const weight = name.endsWith('Medium') ? 500 : name.endsWith('SemiBold') ? 600 : 400;
  return `/fonts/inter/inter-latin-${weight}-normal.woff2`;
}
