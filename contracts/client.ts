import type { z } from 'zod';
import { routes, type Route, type RouteId } from './routes.ts';
import type { routeSchemas } from './schemas.ts';

type Schemas = typeof routeSchemas;
type Part<Id extends RouteId, Key extends string> =
  Schemas[Id] extends Record<Key, infer S extends z.ZodType> ? z.infer<S> : unknown;

/** What a caller passes to a route: path parameters and fields of the query or body in one flat object. */
export type RequestOf<Id extends RouteId> = Part<Id, 'params'> & Part<Id, 'query'> & Part<Id, 'body'>;

/** What a route answers on success. */
export type ResponseOf<Id extends RouteId> = z.infer<Schemas[Id]['response']>;

/** An HTTP call as the client wants it made; `path` already holds its parameters and query string. */
export interface Call {
  readonly method: Route['method'];
  /** The route's lowest role. */
  readonly role: Route['role'];
  readonly path: string;
  /** To be sent as JSON; absent for calls without a body. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal | undefined;
}

/** Makes a call and returns the parsed JSON body of a success; throws its own error otherwise. */
export type Send = (call: Call) => Promise<unknown>;

type Routes = typeof routes;

/** Routes that answer one JSON value; streams are read by other means. */
export type JsonRouteId = { [Id in RouteId]: Routes[Id] extends { readonly produces: string } ? never : Id }[RouteId];

/** Typed client: one method per row of the route table that answers JSON. */
export type Client = {
  readonly [Id in JsonRouteId]: (request: RequestOf<Id>, signal?: AbortSignal) => Promise<ResponseOf<Id>>;
};

/**
 * Builds the client over any transport: Grafana's backend service in the plugin, `fetch` in the CLI.
 * Answers are not validated here, so that the plugin does not carry Zod; the server's tests check them.
 */
export function createClient(send: Send): Client {
  const rows: ReadonlyArray<[string, Route]> = Object.entries(routes);
  const jsonRows = rows.filter(([, route]) => route.produces === undefined);
  const entries = jsonRows.map(([id, route]) => [
    id,
    (request: Readonly<Record<string, unknown>>, signal?: AbortSignal) =>
      send({ ...buildCall(route, request), signal }),
  ]);
  return Object.fromEntries(entries) as Client;
}

function buildCall({ method, path, role }: Route, request: Readonly<Record<string, unknown>>): Omit<Call, 'signal'> {
  if (method === 'GET' || method === 'DELETE') {
    return { method, role, path: buildPath(path, request) };
  }
  const isInPath = ([name]: [string, unknown]) => path.includes(`{${name}}`);
  const fields = Object.entries(request);
  return {
    method,
    role,
    path: buildPath(path, Object.fromEntries(fields.filter(isInPath))),
    body: Object.fromEntries(fields.filter((field) => !isInPath(field))),
  };
}

/** Fills `{name}` places of a path and puts the other fields, lists repeated and absent ones left out, into the query string. */
export function buildPath(template: string, request: Readonly<Record<string, unknown>>): string {
  const used = new Set<string>();
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name);
    return encodeURIComponent(String(request[name]));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) {
    if (used.has(name)) {
      continue;
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') {
        search.append(name, String(item));
      }
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
