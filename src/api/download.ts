// Streams of the server that are kept as a file: Grafana's backend service would wait for the end without a word.
import { buildPath, routes, type RequestOf, type RouteId } from '@loghunter/contracts';
import { proxyFetch } from './proxy-fetch';
import { toServerError } from './server-error';

/** Routes whose answer is a value a line, or a file. */
export type ExportRouteId = Extract<RouteId, `export${string}`> | 'downloadExport';

/** How far a download is. */
export interface DownloadProgress {
  readonly lineCount: number;
  readonly sizeBytes: number;
}

interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Told of each piece; every byte is gone through for its lines. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

const lineFeed = 10;

/** Reads an export to its end. Throws `ServerError`, or what the signal was aborted with. */
export async function download<Id extends ExportRouteId>(
  id: Id,
  request: RequestOf<Id>,
  { signal, onProgress }: DownloadOptions = {}
): Promise<Blob> {
  const { path, role } = routes[id];
  try {
    const response = await proxyFetch(role, buildPath(path, request as Record<string, unknown>), { signal });
    if (!response.ok || response.body === null) {
      throw toServerError({ status: response.status, data: await readJson(response) });
    }
    return await (onProgress === undefined ? response.blob() : readAll(response.body, onProgress));
  } catch (error) {
    signal?.throwIfAborted();
    throw toServerError(error);
  }
}

async function readAll(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onProgress: NonNullable<DownloadOptions['onProgress']>
): Promise<Blob> {
  const chunks: Array<Uint8Array<ArrayBuffer>> = [];
  let lineCount = 0;
  let sizeBytes = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return new Blob(chunks);
    }
    chunks.push(value);
    sizeBytes += value.byteLength;
    lineCount += value.reduce((count, byte) => (byte === lineFeed ? count + 1 : count), 0);
    onProgress({ lineCount, sizeBytes });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return '';
  }
}

/** Has the browser keep a file. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
