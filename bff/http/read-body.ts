import { ProblemError } from './problem-error.ts';

/**
 * The JSON object of a request's body. Throws `ProblemError`: `unsupported-media-type` for every other kind of content,
 * form types among them, which browsers send across origins without asking; `invalid-request` for what is not a JSON object.
 */
export async function readBody(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const contentType = request.headers.get('Content-Type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new ProblemError('unsupported-media-type', 'The body must be sent as application/json.');
  }
  const body = parse(await request.text());
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ProblemError('invalid-request', 'body: must be a JSON object');
  }
  return body as Readonly<Record<string, unknown>>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError('invalid-request', 'body: is not JSON');
  }
}
