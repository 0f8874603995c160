import type { RouteId } from '@loghunter/contracts';
import { routeSchemas, type RouteSchemas } from '@loghunter/contracts/schemas';
import { z } from 'zod';
import { ProblemError, type FieldProblem } from './problem-error.ts';

type Fields = Readonly<Record<string, unknown>>;

const emptyPart = z.object({});

/**
 * One part of a request by its schema. Throws `ProblemError` `invalid-request` with a reason for every field. Unknown fields are refused:
 * a misspelt filter would otherwise answer with everything.
 */
export function parsePart(schema: z.ZodObject | undefined, given: Fields, place: string): Fields {
  const parsed = (schema ?? emptyPart).strict().safeParse(given);
  if (parsed.success) {
    return parsed.data;
  }
  const errors = parsed.error.issues.map((issue): FieldProblem => ({
    path: [place, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
  throw new ProblemError('invalid-request', errors.map((error) => `${error.path}: ${error.message}`).join('; '), {
    errors,
  });
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
