import { getBackendSrv } from '@grafana/runtime';
import { createClient, type Call, type Client } from '@loghunter/contracts';
import { firstValueFrom } from 'rxjs';
import { serverProxyPath } from '../plugin-paths';
import { notLogHunter, toServerError } from './server-error';

let client: Client | undefined;

/** The typed client over Grafana's plugin proxy. One for the whole app: it holds no state. */
export function serverClient(): Client {
  client ??= createClient(send);
  return client;
}

async function send(call: Call): Promise<unknown> {
  const answer = getBackendSrv().fetch<unknown>({
    url: `${serverProxyPath(call.role)}${call.path}`,
    method: call.method,
    // Pages show their own problems; a toast on top would say the same twice.
    showErrorAlert: false,
    showSuccessAlert: false,
    ...(call.body ? { data: call.body } : {}),
    ...(call.signal ? { abortSignal: call.signal } : {}),
  });
  try {
    const { data } = await firstValueFrom(answer);
    if (typeof data !== 'object' || data === null) {
      throw notLogHunter('Its answer is not JSON.');
    }
    return data;
  } catch (error) {
    // Grafana ends an aborted call without a value or with an error of its own making.
    call.signal?.throwIfAborted();
    throw toServerError(error);
  }
}
