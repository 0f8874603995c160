// Streams and files of the LogHunter server, read with fetch: Grafana's own client waits for whole answers.
import { config } from '@grafana/runtime';
import type { Route } from '@loghunter/contracts';
import { serverProxyPath } from '../plugin-paths';
import { serverClient } from './server-client';

interface ProxyFetchOptions {
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches a path through Grafana's proxy. Grafana refuses (401) a session whose token is due for rotation, and only its own client rotates
 * tokens: a refused call is made once more after a call of that client.
 */
export async function proxyFetch(
  role: Route['role'],
  path: string,
  { accept = '*/*', signal }: ProxyFetchOptions = {}
): Promise<Response> {
  const ask = () =>
    fetch(`${config.appSubUrl}/${serverProxyPath(role)}${path}`, {
      // Grafana picks the organisation by it; its own client sends it too.
      headers: { accept, 'X-Grafana-Org-Id': String(config.bootData.user.orgId) },
      signal: signal ?? null,
    });
  const answer = await ask();
  return answer.status === 401 && (await renewSession(signal)) ? ask() : answer;
}

/** Whether Grafana lets whoever looks in again. */
async function renewSession(signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await serverClient().getIdentity({}, signal);
    return true;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}
