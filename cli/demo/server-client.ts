import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Client } from '@loghunter/contracts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

/** Server and client share a process: on a busy machine it may be too late for a connection, and is there again a moment later. */
const retryDelayMs = 500;
const maxRetryCount = 20;

/** The typed client over `fetch`, for a server that the caller started itself. */
export function createServerClient(serverUrl: string, serverSecret: string): Client {
  return createClient(async ({ method, path, body, signal }) => {
    const request = {
      method,
      headers: {
        authorization: `Bearer ${serverSecret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    };
    const answer = await send(`${serverUrl}${path}`, request, method === 'GET' ? maxRetryCount : 0);
    if (!answer.ok) {
      throw new CliError(
        exitCodes.unavailable,
        `the server answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`
      );
    }
    return answer.json();
  });
}

async function send(url: string, request: RequestInit, retryCount: number): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetch(url, request);
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      if (tries === retryCount) {
        throw new CliError(exitCodes.unavailable, `the server at ${url} does not answer: ${describeCause(error)}`);
      }
      await sleep(retryDelayMs);
    }
  }
}

function describeCause(error: TypeError): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
