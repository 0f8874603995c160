import { redact } from '@loghunter/engine/redaction';
import type { AuditRecord } from '@loghunter/ports';
import { routes, type RouteId } from '@loghunter/contracts';

type Fields = Readonly<Record<string, unknown>>;

const secretName = /secret|password|token|credential/i;

/** Parameters as the audit log keeps them: without credentials and personal data. */
export function describeParameters(parameters: Fields): Fields {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, isSecret(name, value) ? '<secret>' : describe(value)])
  );
}

// A number is no credential: a budget of tokens is something that an auditor asks for.
function isSecret(name: string, value: unknown): boolean {
  return secretName.test(name) && typeof value !== 'number';
}

function describe(value: unknown): unknown {
  if (typeof value === 'string') {
    return redact(value);
  }
  if (Array.isArray(value)) {
    return value.map(describe);
  }
  return typeof value === 'object' && value !== null ? describeParameters(value as Fields) : value;
}

/** What a call is about: the kind of thing from the route's path, its id from the path or, of something new, from the answer. */
export function findObject(route: RouteId, parameters: Fields, answer: unknown): AuditRecord['object'] {
  const { path } = routes[route];
  const kind = path.split('/')[3] ?? '';
  const name = /\{(\w+)\}/.exec(path)?.[1];
  const id = name === undefined ? readId(answer) : parameters[name];
  return { kind, id: typeof id === 'string' || typeof id === 'number' ? String(id) : '' };
}

// Answers to making something are the thing, or hold it under its name.
function readId(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) {
    return undefined;
  }
  if ('id' in answer) {
    return answer.id;
  }
  const parts = Object.values(answer).filter(
    (part: unknown) => typeof part === 'object' && part !== null && 'id' in part
  );
  return parts.length === 1 ? (parts[0] as { readonly id: unknown }).id : undefined;
}
