import type { ProblemCode } from './problems.ts';

/** Roles, lowest first: each may do what those before it may. `operator` runs the installation with all its tenants; Grafana has the others. */
export const roles = ['viewer', 'editor', 'admin', 'operator'] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** What an API key may do: the word at a role's place lets it call the routes of that role, and no others. */
export const scopes = ['read', 'write', 'admin', 'operate'] as const;

/** What is known of a route without its schemas; light enough for the plugin's bundle. */
export interface Route {
  /** Fields beside the path's parameters travel in the query string with GET and DELETE, as a JSON body otherwise. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the server's root; parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly summary: string;
  /** Lowest role that may call it; `public` needs neither secret nor identity. */
  readonly role: 'public' | Role;
  /** Status of a success; 200 when absent. 201: something was created, 202: a job was accepted. */
  readonly status?: 200 | 201 | 202;
  /** A POST that changes nothing: a question too long for an address. */
  readonly readsOnly?: true;
  /** The answer holds a secret that is shown once and kept nowhere, so that a repeated request is not answered again. */
  readonly answersSecret?: true;
  /** The answer is a stream of values instead of one: server-sent events, a JSON value a line, lines of CSV, or pieces of a file. JSON when absent. */
  readonly produces?: 'text/event-stream' | 'application/x-ndjson' | 'text/csv' | 'application/octet-stream';
  /** What a request counts against its caller's limit; 1 when absent. More than 1 marks what is expensive. */
  readonly weight?: number;
  /** Problems it may answer with, beside `internal`, which every route may. */
  readonly problems: readonly ProblemCode[];
}

/** Any address may be misspelt or too long, whatever is asked. */
export const anyProblems = ['invalid-request', 'payload-too-large'] as const;
/** Every route that is not public: credentials, roles and limits, and the database that knows them. */
export const queryProblems = [
  ...anyProblems,
  'unauthenticated',
  'forbidden',
  'rate-limited',
  'store-unavailable',
  'timeout',
] as const;
/** With a JSON body. */
export const changeProblems = [...queryProblems, 'unsupported-media-type'] as const;
/** A POST that makes something; it may be sent again with its Idempotency-Key. */
export const creationProblems = [...changeProblems, 'conflict', 'idempotency-key-reused'] as const;
/** Names and values of labels: the log store's index answers, and no budget refuses that. */
export const lokiIndexProblems = [...queryProblems, 'not-supported', 'loki-query-failed', 'loki-unavailable'] as const;
/** Reads lines. */
export const lokiProblems = [...lokiIndexProblems, 'query-rejected'] as const;
