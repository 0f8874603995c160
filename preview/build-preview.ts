import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const room = dirname(fileURLToPath(import.meta.url));

/** Where the bundled host lies after {@link buildPreview}. */
export const hostDirectory = join(room, 'dist');

/** Bundles the host that stands in for Grafana's front end. Does nothing when its sources are those of the last time. */
export async function buildPreview(): Promise<void> {
  const stampFile = join(hostDirectory, 'stamp');
  const stamp = await sourceHash();
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) {
    return;
  }
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(room, 'host', 'main.tsx')],
    outdir: hostDirectory,
    bundle: true,
    format: 'esm',
    splitting: true,
    minify: true,
    jsx: 'automatic',
    target: 'es2022',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Only the code editor needs it, and it would be most of the bundle.
    external: ['monaco-editor'],
    // npm's @grafana/runtime keeps setPluginPage to itself; this is the file that its index takes PluginPage from.
    alias: { 'grafana-plugin-page': fileOfPackage('@grafana/runtime', 'dist/esm/components/PluginPage.mjs') },
  });
  await mkdir(hostDirectory, { recursive: true });
  await writeFile(stampFile, stamp);
}

/** A file inside a package that the package's `exports` do not name. */
function fileOfPackage(packageName: string, path: string): string {
  const entry = fileURLToPath(import.meta.resolve(packageName));
  const marker = join('node_modules', ...packageName.split('/'));
  return join(entry.slice(0, entry.lastIndexOf(marker) + marker.length), path);
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  const host = join(room, 'host');
  const sources = (await readdir(host)).toSorted().map((name) => join(host, name));
  // The packages that go into the bundle are those of the lock file.
  const files = [...sources, join(room, 'build-preview.ts'), join(room, '..', 'package-lock.json')];
  for (const file of files) {
    hash.update(file.slice(room.length)).update(await readFile(file));
  }
  return hash.digest('hex');
}
