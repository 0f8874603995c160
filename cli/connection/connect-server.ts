// The way to a server that runs: its address and an API key, from options or the environment.
import { createClient, type Client, type ProblemDetails } from '@loghunter/contracts';
import { CliError } from '../cli-error.ts';
import { readConnection } from '../environment.ts';
import { exitCodes } from '../exit-codes.ts';

/** Options of every command that asks a server. */
export interface ConnectionFlags {
  readonly server?: string;
  readonly apiKey?: string;
}

/** Where `loghunter serve` listens when nobody says otherwise. */
const defaultUrl = 'http://127.0.0.1:8787';

/** The typed client of the server. Its calls throw `CliError` in one line when the server does not answer with a success. */
export function connectServer(flags: ConnectionFlags): Client {
  const known = readConnection();
  const url = (flags.server ?? known.serverUrl ?? defaultUrl).replace(/\/+$/, '');
  const apiKey = flags.apiKey ?? known.apiKey;
  return createClient(async ({ method, path, body, signal }) => {
    const answer = await send(`${url}${path}`, {
      method,
      headers: {
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!answer.ok) {
      throw new CliError(exitCodes.unavailable, `${url}: ${await describe(answer)}`);
    }
    return answer.json();
  });

  async function send(address: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(address, init);
    } catch (error) {
      if (init.signal?.aborted === true) {
        throw error;
      }
      throw new CliError(
        exitCodes.unavailable,
        `no server answers at ${url}: start one, or name it with --server`,
        error
      );
    }
  }
}

async function describe(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    const { title, detail } = JSON.parse(text) as ProblemDetails;
    const hint = answer.status === 401 ? ': give --api-key, or LOGHUNTER_API_KEY' : '';
    return `${title}: ${detail}${hint}`;
  } catch {
    return `the server answered ${answer.status}`;
  }
}
