// A provider of language models on loopback. What it writes is the vendor's published wire format; the ways to misbehave are those of any network.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a vendor writes its answers. */
export interface ModelWire {
  /** Path of the question. */
  readonly askPath: string;
  readonly listPath: string;
  readonly embedPath: string | null;
  readonly streamType: string;
  /** The answer in the pieces in which it is sent: the last of them say that it has ended. */
  parts(model: string, text: string): readonly string[];
  /** One piece with text; for answers without an end. */
  textPart(model: string, text: string): string;
  /** A failure in the middle of an answer. */
  streamFailure(message: string): string;
  errorBody(status: number, message: string): object;
  listBody(models: readonly string[]): object;
  embedBody(model: string, count: number): object;
}

/** What the server does with a question. */
export type ModelBehaviour =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly message?: string }
  | { readonly kind: 'html' | 'empty' | 'broken' | 'endless' | 'silent' | 'redirect' }
  /** Stops in the middle: with the connection, in order, in silence, or with the vendor's own words. */
  | { readonly kind: 'stop'; readonly how: 'reset' | 'end' | 'silence' | 'failure'; readonly text: string };

/** A question as it arrived. */
export interface ReceivedQuestion {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A running provider. */
export interface ModelServer {
  readonly url: string;
  readonly received: readonly ReceivedQuestion[];
  /** From the next question on. */
  behave(behaviour: ModelBehaviour | ((question: ReceivedQuestion) => ModelBehaviour)): void;
  stop(): Promise<void>;
}

/** Names of models that the server has; the slow one writes half an answer and no more. */
export const servedModels = ['fake:7b', 'slow:7b'] as const;

/** Starts a provider on a free port. */
export async function startModelServer(wire: ModelWire): Promise<ModelServer> {
  const received: ReceivedQuestion[] = [];
  let behave: (question: ReceivedQuestion) => ModelBehaviour = () => ({ kind: 'answer', text: 'It is a test.' });
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const question = { path, headers: request.headers, body };
      received.push(question);
      if (path === wire.listPath && request.method === 'GET') {
        return sendJson(response, 200, wire.listBody(servedModels));
      }
      const asked = JSON.parse(body) as { model: string; input?: readonly string[] };
      if (!(servedModels as readonly string[]).includes(asked.model)) {
        return sendJson(response, 404, wire.errorBody(404, asked.model));
      }
      if (path === wire.embedPath) {
        return sendJson(response, 200, wire.embedBody(asked.model, asked.input?.length ?? 0));
      }
      if (path !== wire.askPath) {
        return sendJson(response, 404, { error: 'no such path' });
      }
      const slow: ModelBehaviour = { kind: 'stop', how: 'silence', text: 'This will take a while.' };
      return perform(wire, response, asked.model, asked.model === 'slow:7b' ? slow : behave(question));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    behave: (behaviour) => (behave = typeof behaviour === 'function' ? behaviour : () => behaviour),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function perform(wire: ModelWire, response: ServerResponse, model: string, behaviour: ModelBehaviour): void {
  const begin = () => response.writeHead(200, { 'content-type': wire.streamType });
  switch (behaviour.kind) {
    case 'answer':
      begin();
      wire.parts(model, behaviour.text).forEach((part) => response.write(part));
      response.end();
      return;
    case 'status': {
      const { status, retryAfter, message } = behaviour;
      const wait = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
      return sendJson(response, status, wire.errorBody(status, message ?? 'it cannot be'), wait);
    }
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>');
      return;
    case 'empty':
      begin().end();
      return;
    case 'broken':
      begin();
      response.write(wire.textPart(model, 'It ').replace('{', '{{'));
      response.end();
      return;
    case 'endless':
      begin();
      return flood(response, wire.textPart(model, 'more and more of it '.repeat(50)));
    case 'silent':
      return;
    case 'redirect':
      response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end();
      return;
    case 'stop':
      begin();
      return stopInside(wire, response, model, behaviour);
  }
}

function stopInside(
  wire: ModelWire,
  response: ServerResponse,
  model: string,
  { how, text }: Extract<ModelBehaviour, { kind: 'stop' }>
): void {
  const parts = wire.parts(model, text);
  parts.slice(0, Math.ceil(parts.length / 2)).forEach((part) => response.write(part));
  if (how === 'failure') {
    response.end(wire.streamFailure('the model crashed'));
  } else if (how === 'end') {
    response.end();
  } else if (how === 'reset') {
    // A moment later, so that what was written has gone out.
    setTimeout(() => response.destroy(), 20);
  }
}

/** Writes until nobody reads any more. */
function flood(response: ServerResponse, part: string): void {
  while (!response.destroyed && response.write(part)) {
    // The socket takes it.
  }
  if (!response.destroyed) {
    response.once('drain', () => flood(response, part));
  }
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
