import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { PortError } from '@loghunter/ports';
import type { HttpClient, OutboundAnswer, OutboundRequest } from '@loghunter/ports';
import { Agent, request, type Dispatcher } from 'undici';
import { isPublicAddress } from './public-address.ts';

/** What the operator of the installation allows beyond public https addresses. */
export interface HttpClientOptions {
  /** Hosts (`name`, or `name:port`) that may be called over http, too, and at private addresses. */
  readonly allowedHosts?: readonly string[];
  /** Looks a name up; for tests. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Longest time of a call, to the last byte of its answer; 10 s when left out. */
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 10_000;
const maxBodyBytes = 1024 * 1024;

/** Makes a client; every request has a connection of its own, to the very address that was checked. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const allowedHosts = new Set(options.allowedHosts ?? []);
  const resolve = options.resolve ?? resolveName;
  const timeoutMs = options.timeoutMs ?? usualTimeoutMs;

  /** The address to connect to; throws when the URL may not be called. */
  async function findAddress(text: string): Promise<{ readonly url: URL; readonly address: string }> {
    const url = parse(text);
    const isAllowed = allowedHosts.has(url.host) || allowedHosts.has(url.hostname);
    refuseUnless(url.protocol === 'https:' || (isAllowed && url.protocol === 'http:'), 'only https is called');
    refuseUnless(url.username === '' && url.password === '', 'an address must hold no user name');
    // Services of the system listen below 1024; nobody receives webhooks there.
    const port = Number(url.port === '' ? 443 : url.port);
    refuseUnless(isAllowed || port === 443 || port >= 1024, `port ${port} is not called`);
    const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
    // RFC 6761: these names are this machine, whatever a name server says.
    refuseUnless(isAllowed || !/(^|\.)localhost\.?$/.test(hostname), `${url.host} is this machine`);
    const addresses = isIP(hostname) === 0 ? await resolve(hostname) : [hostname];
    const [address] = addresses;
    if (address === undefined) {
      throw new PortError({ system: 'http', kind: 'unavailable', message: `${url.host} has no address` });
    }
    refuseUnless(isAllowed || addresses.every(isPublicAddress), `${url.host} is not an address of the public internet`);
    return { url, address };
  }

  return {
    async check(url) {
      await findAddress(url);
    },
    async send(outbound, signal) {
      const { url, address } = await findAddress(outbound.url);
      const agent = new Agent({
        connect: { lookup: always(address) },
        maxResponseSize: maxBodyBytes,
      });
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      try {
        return await call(outbound, url, agent, limit);
      } catch (error) {
        throw toPortError(error, url, timeoutMs, signal);
      } finally {
        await agent.destroy();
      }
    },
    close: () => Promise.resolve(),
  };
}

async function call(
  outbound: OutboundRequest,
  url: URL,
  agent: Dispatcher,
  signal: AbortSignal
): Promise<OutboundAnswer> {
  const answer = await request(url, {
    method: outbound.method,
    headers: { ...outbound.headers, 'user-agent': 'LogHunter' },
    body: outbound.body ?? null,
    dispatcher: agent,
    signal,
  });
  const body = await readBody(answer.body);
  const headers = Object.entries(answer.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return { status: answer.statusCode, headers: Object.fromEntries(headers), body };
}

async function readBody(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) {
      throw new PortError({
        system: 'http',
        kind: 'invalid-answer',
        message: `The answer has more than ${maxBodyBytes} bytes`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): URL {
  if (!URL.canParse(text)) {
    throw refusal('the address cannot be read');
  }
  return new URL(text);
}

// The connection goes where the check has looked: a name that answers differently the next time is not asked again.
function always(address: string): LookupFunction {
  const family = isIP(address);
  return (_hostname, options, callback) => {
    if (options.all === true) {
      callback(null, [{ address, family }]);
    } else {
      callback(null, address, family);
    }
  };
}

async function resolveName(hostname: string): Promise<readonly string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw new PortError({ system: 'http', kind: 'unavailable', message: `${hostname} is not known`, cause: error });
  }
}

function refuseUnless(condition: boolean, reason: string): void {
  if (!condition) {
    throw refusal(reason);
  }
}

function refusal(reason: string): PortError {
  return new PortError({ system: 'http', kind: 'rejected', message: `The address is refused: ${reason}` });
}

/** Node's words for a certificate that nobody vouches for, or that is another host's or over. */
const certificateFailure = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_CERT_)/;

function toPortError(error: unknown, url: URL, timeoutMs: number, signal: AbortSignal): unknown {
  if (error instanceof PortError || signal.aborted) {
    return error;
  }
  const name = error instanceof Error ? error.name : '';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (name === 'ResponseExceededMaxSizeError') {
    return new PortError({ system: 'http', kind: 'invalid-answer', message: `${url.host} answered more than 1 MiB` });
  }
  if (certificateFailure.test(code)) {
    return new PortError({
      system: 'http',
      kind: 'unavailable',
      message: `The certificate of ${url.host} is not trusted: ${code}. NODE_EXTRA_CA_CERTS names a file with an authority of your own.`,
      cause: error,
    });
  }
  const isTimeout = name === 'TimeoutError' || code.includes('TIMEOUT');
  return new PortError({
    system: 'http',
    kind: isTimeout ? 'timeout' : 'unavailable',
    message: isTimeout
      ? `${url.host} did not answer within ${timeoutMs / 1000} s`
      : `${url.host} cannot be reached: ${code || name}`,
    cause: error,
  });
}
