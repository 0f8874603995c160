// The preview's web server: the page, the plugin's files, and what the page asks Grafana's back end for.
// It holds the server's secret, so it answers callers on this machine only.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { hostDirectory } from './build-preview.ts';
import { createIdentities, hasRole, readUser, type Identities } from './identities.ts';
import { forward, sendJson } from './plugin-proxy.ts';
import { matchRoute, readManifest, type PluginManifest } from './plugin-routes.ts';
import { createSettingsStore, parseSettingsChange, type SettingsStore } from './settings-store.ts';
import { fontPath, packageDirectory, sendFile, type FileRoot } from './static-files.ts';

export interface PreviewOptions {
  /** The plugin's build. */
  readonly distDirectory: string;
  /** The server's shared secret. */
  readonly serverSecret: string;
  /** The server's time, where its logs are old. Default: now. */
  readonly nowMs?: () => number;
}

export interface PreviewServer {
  /** Starts to listen on 127.0.0.1; port 0 takes a free one. Returns the page's address. */
  listen(port: number): Promise<string>;
  /** Says where the LogHunter server is: it may start after the preview, whose keys it asks for. May be changed on the configuration page. */
  connect(serverUrl: string): void;
  close(): Promise<void>;
}

interface PreviewContext {
  readonly manifest: PluginManifest;
  readonly roots: readonly FileRoot[];
  readonly settings: SettingsStore;
  readonly identities: Identities;
}

/** Serves the bundled host ({@link buildPreview} makes it) and the plugin. */
export async function createPreviewServer(options: PreviewOptions): Promise<PreviewServer> {
  const manifest = await readManifest(options.distDirectory);
  const context: PreviewContext = {
    manifest,
    roots: fileRoots(manifest.id, options.distDirectory),
    settings: createSettingsStore({ serverUrl: '' }, { serverSecret: options.serverSecret }),
    identities: createIdentities(options.nowMs ?? Date.now),
  };
  const server = createServer((request, answer) => {
    handle(context, request, answer).catch((error: unknown) => {
      if (!answer.headersSent) {
        sendJson(answer, 500, { message: error instanceof Error ? error.message : String(error) });
      }
    });
  });
  return {
    listen: (port) => listen(server, port),
    connect: (serverUrl) => context.settings.save({ enabled: true, pinned: true, jsonData: { serverUrl } }),
    close: () => close(server),
  };
}

function fileRoots(pluginId: string, distDirectory: string): readonly FileRoot[] {
  return [
    { prefix: '/host/', directory: hostDirectory },
    { prefix: `/public/plugins/${pluginId}/`, directory: distDirectory },
    { prefix: '/public/build/img/', directory: join(packageDirectory('@grafana/ui'), 'dist', 'public', 'img') },
    { prefix: '/fonts/inter/', directory: join(packageDirectory('@fontsource/inter'), 'files') },
    { prefix: '/fonts/roboto-mono/', directory: join(packageDirectory('@fontsource/roboto-mono'), 'files') },
  ];
}

async function handle(context: PreviewContext, request: IncomingMessage, answer: ServerResponse): Promise<void> {
  if (!isLocal(request)) {
    sendJson(answer, 403, { message: 'The preview answers to its own pages on this machine only' });
    return;
  }
  const [path = '/', query] = (request.url ?? '/').split('?', 2);
  const { id } = context.manifest;
  const proxied = `/api/plugin-proxy/${id}/`;
  if (path.startsWith(proxied)) {
    handleProxied(context, request, answer, { path: path.slice(proxied.length), search: query ? `?${query}` : '' });
    return;
  }
  if (path === '/api/signing-keys/keys') {
    sendJson(answer, 200, context.identities.keys);
    return;
  }
  if (path === `/api/plugins/${id}/settings`) {
    await handleSettings(context, request, answer);
    return;
  }
  if (path.startsWith('/api/')) {
    sendJson(answer, 404, { message: 'The preview has no such part of Grafana' });
    return;
  }
  if (!(await sendFile(answer, context.roots, fontPath(path) ?? path))) {
    sendPage(context.manifest, path, answer);
  }
}

/** Grafana's plugin proxy: the app must be enabled, a route must match, and the user must have its role. */
function handleProxied(
  { manifest, settings, identities }: PreviewContext,
  request: IncomingMessage,
  answer: ServerResponse,
  { path, search }: { readonly path: string; readonly search: string }
): void {
  const match = matchRoute(manifest.routes ?? [], path);
  const user = readUser(request.headers.cookie);
  if (!settings.stored().enabled) {
    sendJson(answer, 404, { message: 'Plugin is not enabled' });
  } else if (match === undefined) {
    sendJson(answer, 404, { message: 'plugin route match not found' });
  } else if (!hasRole(user, match.route.reqRole)) {
    sendJson(answer, 403, { message: 'plugin proxy route access denied' });
  } else {
    // Identities name the root address as the server knows it: that of the page, whatever its spelling.
    const identity = identities.sign(user, `http://127.0.0.1:${request.socket.localPort}/`);
    forward(request, answer, { ...match, search, values: settings.values(), user, identity });
  }
}

async function handleSettings(
  context: PreviewContext,
  request: IncomingMessage,
  answer: ServerResponse
): Promise<void> {
  if (!hasRole(readUser(request.headers.cookie), 'Admin')) {
    sendJson(answer, 403, { message: "You'll need additional permissions to perform this action." });
    return;
  }
  if (request.method !== 'POST') {
    sendJson(answer, 200, { id: context.manifest.id, ...context.settings.stored() });
    return;
  }
  const change = parseSettingsChange(await readText(request));
  if (change === undefined) {
    sendJson(answer, 400, { message: 'bad request data' });
    return;
  }
  context.settings.save(change);
  sendJson(answer, 200, { message: 'Plugin settings updated' });
}

/** A page of another site may know the address, and a name of another site may lead here: neither gets through. */
function isLocal(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  const hostName = host?.replace(/:\d+$/, '');
  const isKnownHost = hostName === '127.0.0.1' || hostName === 'localhost';
  return isKnownHost && (origin === undefined || origin === `http://${host}`);
}

function sendPage({ id }: PluginManifest, path: string, answer: ServerResponse): void {
  if (path.startsWith('/public/') || path === '/favicon.ico') {
    answer.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    return;
  }
  answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    .end(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>LogHunter</title>
    <link rel="icon" href="/public/plugins/${id}/img/logo.svg">
    <link rel="stylesheet" href="/host/main.css">
    <style>body { margin: 0 }</style>
  </head>
  <body data-plugin="${id}">
    <div id="root"></div>
    <script type="module" src="/host/main.js"></script>
  </body>
</html>
`);
}

/** Settings are a few lines; more is a mistake. */
const maxBodyBytes = 64 * 1024;

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBodyBytes) {
      return '';
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
