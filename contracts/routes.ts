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
  /** The answer is a stream of values instead of one: server-sent events, or a JSON value a line. JSON when absent. */
  readonly produces?: 'text/event-stream' | 'application/x-ndjson';
  /** What a request counts against its caller's limit; 1 when absent. More than 1 marks what is expensive. */
  readonly weight?: number;
  /** Problems it may answer with, beside `internal`, which every route may. */
  readonly problems: readonly ProblemCode[];
}

// Any address may be misspelt or too long, whatever is asked.
const any = ['invalid-request', 'payload-too-large'] as const;
// Every route that is not public: credentials, roles and limits, and the database that knows them.
const query = [...any, 'unauthenticated', 'forbidden', 'rate-limited', 'store-unavailable', 'timeout'] as const;
// With a JSON body.
const change = [...query, 'unsupported-media-type'] as const;
// A POST that makes something; it may be sent again with its Idempotency-Key.
const creation = [...change, 'conflict', 'idempotency-key-reused'] as const;
// Names and values of labels: the log store's index answers, and no budget refuses that.
const lokiIndex = [...query, 'not-supported', 'loki-query-failed', 'loki-unavailable'] as const;
// Reads lines.
const loki = [...lokiIndex, 'query-rejected'] as const;

/** The one table of routes. It feeds the server, openapi.json, the client and the tests. */
export const routes = {
  listClusters: {
    method: 'GET',
    path: '/api/v1/clusters',
    summary: 'Clusters that have lines in a time range',
    role: 'viewer',
    problems: query,
  },
  compareClusters: {
    method: 'GET',
    path: '/api/v1/clusters/compare',
    summary: 'Clusters that are new, gone, more or less frequent than in a range before',
    role: 'viewer',
    weight: 2,
    problems: query,
  },
  explainEvent: {
    method: 'POST',
    path: '/api/v1/clusters/explain',
    summary: 'Why a line is in its cluster: header, kept and masked words, frames, rules',
    role: 'viewer',
    readsOnly: true,
    problems: change,
  },
  getCluster: {
    method: 'GET',
    path: '/api/v1/clusters/{id}',
    summary: 'One cluster with its figures for a time range',
    role: 'viewer',
    problems: [...query, 'not-found'],
  },
  getClusterCounts: {
    method: 'GET',
    path: '/api/v1/clusters/{id}/counts',
    summary: "A cluster's counts over time, by level",
    role: 'viewer',
    problems: [...query, 'not-found'],
  },
  listClusterLabels: {
    method: 'GET',
    path: '/api/v1/clusters/{id}/labels',
    summary: 'Label values that a cluster concentrates in, against all lines of the range',
    role: 'viewer',
    problems: [...query, 'not-found'],
  },
  listClusterLines: {
    method: 'GET',
    path: '/api/v1/clusters/{id}/lines',
    summary: 'Lines of a cluster, read from the log store, with kept and masked spans',
    role: 'viewer',
    problems: [...loki, 'not-found'],
  },
  listClusterVariables: {
    method: 'GET',
    path: '/api/v1/clusters/{id}/variables',
    summary: "Values at the variable places of a cluster's template, read from the log store",
    role: 'viewer',
    weight: 2,
    problems: [...loki, 'not-found'],
  },
  listClusterRules: {
    method: 'GET',
    path: '/api/v1/cluster-rules',
    summary: 'Rules of people that merge, mask, split and rename clusters',
    role: 'viewer',
    problems: query,
  },
  createClusterRule: {
    method: 'POST',
    path: '/api/v1/cluster-rules',
    summary: 'Merges, masks, splits or renames clusters, for stored and future lines',
    role: 'editor',
    status: 201,
    problems: [...creation, 'not-found', 'rule-refused'],
  },
  previewClusterRule: {
    method: 'POST',
    path: '/api/v1/cluster-rules/preview',
    summary: 'What a rule would do to stored clusters and to real lines; nothing is kept',
    role: 'editor',
    readsOnly: true,
    weight: 2,
    problems: [...loki, 'unsupported-media-type', 'not-found', 'rule-refused'],
  },
  undoClusterRule: {
    method: 'DELETE',
    path: '/api/v1/cluster-rules/{id}',
    summary: 'Undoes a rule: every figure is what it was without it',
    role: 'editor',
    problems: [...query, 'not-found', 'conflict'],
  },
  listServices: {
    method: 'GET',
    path: '/api/v1/services',
    summary: 'Services and namespaces that have streams',
    role: 'viewer',
    problems: query,
  },
  listLabelNames: {
    method: 'GET',
    path: '/api/v1/labels',
    summary: 'Label names of the log store in a time range',
    role: 'viewer',
    problems: lokiIndex,
  },
  listLabelValues: {
    method: 'GET',
    path: '/api/v1/labels/{name}/values',
    summary: 'Values of one label in a time range',
    role: 'viewer',
    problems: lokiIndex,
  },
  getIdentity: {
    method: 'GET',
    path: '/api/v1/identity',
    summary: 'Who calls: user or key, role and tenant',
    role: 'viewer',
    problems: query,
  },
  listApiKeys: {
    method: 'GET',
    path: '/api/v1/api-keys',
    summary: "The tenant's API keys, without the keys themselves",
    role: 'admin',
    problems: query,
  },
  createApiKey: {
    method: 'POST',
    path: '/api/v1/api-keys',
    summary: 'Make an API key; the answer is the only one that shows it',
    role: 'admin',
    status: 201,
    answersSecret: true,
    problems: creation,
  },
  rotateApiKey: {
    method: 'POST',
    path: '/api/v1/api-keys/{id}/rotate',
    summary: 'Replace an API key by a new one; the old one is accepted for a while longer',
    role: 'admin',
    status: 201,
    answersSecret: true,
    problems: [...creation, 'not-found'],
  },
  revokeApiKey: {
    method: 'DELETE',
    path: '/api/v1/api-keys/{id}',
    summary: 'End an API key; every replica refuses it within a second',
    role: 'admin',
    problems: [...query, 'not-found'],
  },
  getUsage: {
    method: 'GET',
    path: '/api/v1/usage',
    summary: 'Requests of each user and API key',
    role: 'admin',
    problems: query,
  },
  listSettings: {
    method: 'GET',
    path: '/api/v1/settings',
    summary: "The tenant's settings as they hold, and where each comes from",
    role: 'viewer',
    problems: query,
  },
  changeSetting: {
    method: 'PUT',
    path: '/api/v1/settings/{name}',
    summary: 'Set a setting for the tenant',
    role: 'admin',
    problems: change,
  },
  resetSetting: {
    method: 'DELETE',
    path: '/api/v1/settings/{name}',
    summary: "Take the tenant's own value away; that of the installation holds again",
    role: 'admin',
    problems: query,
  },
  listTenants: {
    method: 'GET',
    path: '/api/v1/tenants',
    summary: 'All tenants of the installation',
    role: 'operator',
    problems: query,
  },
  createTenant: {
    method: 'POST',
    path: '/api/v1/tenants',
    summary: 'Make a tenant',
    role: 'operator',
    status: 201,
    problems: creation,
  },
  updateTenant: {
    method: 'PATCH',
    path: '/api/v1/tenants/{id}',
    summary: 'Rename a tenant or change where its logs are',
    role: 'operator',
    problems: [...change, 'conflict', 'not-found'],
  },
  listOrganisations: {
    method: 'GET',
    path: '/api/v1/grafana-organisations',
    summary: 'Which tenant each organisation of Grafana is',
    role: 'operator',
    problems: query,
  },
  mapOrganisation: {
    method: 'PUT',
    path: '/api/v1/grafana-organisations/{organisationId}',
    summary: 'Say which tenant an organisation of Grafana is',
    role: 'operator',
    problems: [...change, 'not-found'],
  },
  unmapOrganisation: {
    method: 'DELETE',
    path: '/api/v1/grafana-organisations/{organisationId}',
    summary: "Make an organisation of Grafana nobody's",
    role: 'operator',
    problems: [...query, 'not-found'],
  },
  checkQuery: {
    method: 'POST',
    path: '/api/v1/queries/check',
    summary: 'Whether a LogQL or PromQL query may run, what would be sent, and what it would cost',
    readsOnly: true,
    role: 'viewer',
    // A query that may not run is an answer, and a log store that is away leaves its cost unknown.
    problems: change,
  },
  listRedactionRules: {
    method: 'GET',
    path: '/api/v1/redaction/rules',
    summary: "The tenant's own redaction rules, and what each rule took out of stored texts",
    role: 'admin',
    problems: query,
  },
  createRedactionRule: {
    method: 'POST',
    path: '/api/v1/redaction/rules',
    summary: 'Make a redaction rule; texts that are stored already are rewritten',
    role: 'admin',
    status: 201,
    problems: creation,
  },
  deleteRedactionRule: {
    method: 'DELETE',
    path: '/api/v1/redaction/rules/{id}',
    summary: 'End a redaction rule; what it took out stays out',
    role: 'admin',
    problems: [...query, 'not-found'],
  },
  previewRedactionRule: {
    method: 'POST',
    path: '/api/v1/redaction/preview',
    summary: 'Try a redaction rule on real lines; nothing is kept',
    readsOnly: true,
    role: 'admin',
    problems: [...loki, 'unsupported-media-type'],
  },
  listSavedFilters: {
    method: 'GET',
    path: '/api/v1/saved-filters',
    summary: "The tenant's saved filters",
    role: 'viewer',
    problems: query,
  },
  getSavedFilter: {
    method: 'GET',
    path: '/api/v1/saved-filters/{id}',
    summary: 'One saved filter: what a link to it holds',
    role: 'viewer',
    problems: [...query, 'not-found'],
  },
  createSavedFilter: {
    method: 'POST',
    path: '/api/v1/saved-filters',
    summary: 'Save a filter for everybody of the tenant',
    role: 'editor',
    status: 201,
    problems: creation,
  },
  renameSavedFilter: {
    method: 'PATCH',
    path: '/api/v1/saved-filters/{id}',
    summary: 'Give a saved filter another name',
    role: 'editor',
    problems: [...change, 'conflict', 'not-found'],
  },
  deleteSavedFilter: {
    method: 'DELETE',
    path: '/api/v1/saved-filters/{id}',
    summary: 'Hide a saved filter',
    role: 'editor',
    problems: [...query, 'not-found'],
  },
  listJobs: {
    method: 'GET',
    path: '/api/v1/jobs',
    summary: 'Work that goes on after its request was answered, the newest first',
    role: 'viewer',
    problems: query,
  },
  startJob: {
    method: 'POST',
    path: '/api/v1/jobs',
    summary: 'Begin a job; its state is had by polling, as a stream or by a webhook',
    role: 'admin',
    status: 202,
    weight: 10,
    problems: [...change, 'idempotency-key-reused', 'not-found'],
  },
  getJob: {
    method: 'GET',
    path: '/api/v1/jobs/{id}',
    summary: 'State, progress and result of a job',
    role: 'viewer',
    problems: [...query, 'not-found'],
  },
  watchJob: {
    method: 'GET',
    path: '/api/v1/jobs/{id}/events',
    summary: 'A job now and whenever it changes, until it has ended',
    role: 'viewer',
    produces: 'text/event-stream',
    problems: [...query, 'not-found'],
  },
  cancelJob: {
    method: 'POST',
    path: '/api/v1/jobs/{id}/cancel',
    summary: 'Stop a job, within a second',
    role: 'editor',
    problems: [...query, 'not-found'],
  },
  retryJob: {
    method: 'POST',
    path: '/api/v1/jobs/{id}/retry',
    summary: 'Begin a failed or cancelled job again',
    role: 'editor',
    status: 202,
    problems: [...query, 'conflict', 'idempotency-key-reused', 'not-found'],
  },
  listWebhooks: {
    method: 'GET',
    path: '/api/v1/webhooks',
    summary: 'Addresses that are told of jobs',
    role: 'admin',
    problems: query,
  },
  createWebhook: {
    method: 'POST',
    path: '/api/v1/webhooks',
    summary: 'Have an address told of jobs; the answer is the only one that shows its secret',
    role: 'admin',
    status: 201,
    answersSecret: true,
    problems: [...creation, 'address-refused', 'not-supported'],
  },
  deleteWebhook: {
    method: 'DELETE',
    path: '/api/v1/webhooks/{id}',
    summary: 'Tell an address no more',
    role: 'admin',
    problems: [...query, 'not-found'],
  },
  listAuditEntries: {
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'Who did what, the newest first',
    role: 'admin',
    problems: query,
  },
  exportAuditEntries: {
    method: 'GET',
    path: '/api/v1/audit/export',
    summary: 'Every entry of the audit log, the newest first',
    role: 'admin',
    produces: 'application/x-ndjson',
    weight: 20,
    problems: query,
  },
  getHealth: {
    method: 'GET',
    path: '/api/v1/health',
    summary: 'State of the server and of each thing it needs',
    role: 'viewer',
    problems: query,
  },
  getLiveness: {
    method: 'GET',
    path: '/health',
    summary: 'Whether the process answers',
    role: 'public',
    problems: any,
  },
} as const satisfies Readonly<Record<string, Route>>;

/** Name of a route: a key of {@link routes}. */
export type RouteId = keyof typeof routes;

/** Whether calls of a route change something. */
export function isChange(route: Route): boolean {
  return route.method !== 'GET' && route.readsOnly !== true;
}
