import { createClient, type Client } from '@loghunter/contracts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

/** The typed client over `fetch`, for a server that the caller started itself. */
export function createServerClient(serverUrl: string, serverSecret: string): Client {
  return createClient(async ({ method, path, body, signal }) => {
    const answer = await fetch(`${serverUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${serverSecret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!answer.ok) {
      throw new CliError(
        exitCodes.unavailable,
        `the server answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`
      );
    }
    return answer.json();
  });
}
