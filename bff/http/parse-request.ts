import type { RouteId } from '@loghunter/contracts';
import { routeSchemas, type RouteSchemas } from '@loghunter/contracts/schemas';
import { z } from 'zod';
import { ProblemError, type FieldProblem } from './problem-error.ts';

type Fields = Readonly<Record<string, unknown>>;

const emptyPart = z.object({});

/**
 * One part of a request by its schema. Throws `ProblemError` `invalid-request` with a reason for every field. Unknown fields are refused,
 * at any depth: a misspelt filter would otherwise answer with everything, and a misspelt quiet hour be kept as none.
 */
export function parsePart(schema: z.ZodObject | undefined, given: Fields, place: string): Fields {
  const parsed = (schema ?? emptyPart).strict().safeParse(given);
  const errors = parsed.success
    ? unknownFields(given, parsed.data, place)
    : parsed.error.issues.map((issue): FieldProblem => ({
        path: [place, ...issue.path.map(String)].join('.'),
        message: issue.message,
      }));
  if (parsed.success && errors.length === 0) {
    return parsed.data;
  }
  throw new ProblemError('invalid-request', errors.map((error) => `${error.path}: ${error.message}`).join('; '), {
    errors,
  });
}

/** What was given inside of `given` and is not in `parsed`: Zod drops it without a word below the schema that is strict. */
function unknownFields(given: unknown, parsed: unknown, path: string): FieldProblem[] {
  if (Array.isArray(given) && Array.isArray(parsed)) {
    return given.flatMap((item, at) => unknownFields(item, parsed[at], `${path}.${at}`));
  }
  if (!isFields(given) || !isFields(parsed)) {
    return [];
  }
  return Object.entries(given).flatMap(([name, value]) => {
    const at = `${path}.${name}`;
    return Object.hasOwn(parsed, name)
      ? unknownFields(value, parsed[name], at)
      : [{ path: at, message: `Unrecognized key: "${name}"` }];
  });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A request with all its parts in one flat object, as the typed client takes it; throws as {@link parsePart} does. */
export function parseCall(id: RouteId, request: Fields): Fields {
  const schemas: RouteSchemas = routeSchemas[id];
  const entries = Object.entries(request);
  const isInPath = ([name]: [string, unknown]) => schemas.params !== undefined && name in schemas.params.shape;
  return {
    ...parsePart(schemas.params, Object.fromEntries(entries.filter(isInPath)), 'path'),
    ...parsePart(
      schemas.body ?? schemas.query,
      Object.fromEntries(entries.filter((entry) => !isInPath(entry))),
      schemas.body === undefined ? 'query' : 'body'
    ),
  };
}
