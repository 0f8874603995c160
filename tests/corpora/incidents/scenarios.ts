import type { Effect, Scenario } from './fault.ts';

const checkoutFails = (message: string, chance = 1): Effect => ({
  ...{ service: 'checkout', match: /Order SO-\d+ placed/, chance, level: 'error', message },
  then: [{ service: 'storefront', match: /order answered/, level: 'error', message: 'upstream checkout failed: status 502' }],
});
const pageFails = (message: string): Effect => ({
  ...{ service: 'storefront', match: /article page served/, level: 'error', message },
});
const pageWaits = (message: string): Effect => ({ ...pageFails(message), level: 'warn', keepsLine: true });

/** Twenty incidents of the demo's shop, with what is at fault. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'bad deploy of payments',
    cause: 'payments',
    deploy: { service: 'payments', version: '2.15.1' },
    effects: [
      {
        ...{ service: 'payments', match: /authorization granted/, chance: 0.6, level: 'error' },
        message: 'panic recovered: runtime error: invalid memory address or nil pointer dereference order=SO-#',
        then: [checkoutFails('Payment authorisation for order SO-# failed: payments answered 500')],
      },
    ],
  },
  {
    name: 'bad deploy of catalog',
    cause: 'catalog',
    deploy: { service: 'catalog', version: '3.32.0' },
    effects: [
      {
        ...{ service: 'catalog', match: /GET \/articles/, chance: 0.4, level: 'error' },
        message: "KeyError: 'price_net' while rendering article #",
        then: [pageFails('upstream catalog failed: status 500')],
      },
    ],
  },
  {
    name: 'slow database',
    cause: 'postgres',
    effects: [
      { ...{ service: 'catalog', match: /GET \/articles/, chance: 0.4, level: 'warn', keepsLine: true, delayMs: 400 }, message: 'slow query: 4# ms host=postgres statement=articles_by_id', then: [pageWaits('catalog is slow: # ms')] },
      { ...{ service: 'checkout', match: /Received order/, chance: 0.5, level: 'warn', keepsLine: true, delayMs: 500 }, message: 'orders-pool - connection to postgres took # ms' },
    ],
    recurring: [
      { service: 'postgres', everyMs: 900, level: 'info', message: 'duration: #.123 ms  execute <unnamed>: SELECT id, price FROM articles WHERE id = $1' },
      { service: 'postgres', everyMs: 20_000, level: 'info', message: 'checkpoints are occurring too frequently (# milliseconds apart)' },
    ],
  },
  {
    name: 'full disk of the database',
    cause: 'postgres',
    effects: [checkoutFails('Could not store order SO-#: could not extend file on host=postgres', 0.7)],
    recurring: [
      { service: 'postgres', everyMs: 2500, level: 'error', message: 'could not extend file "base/16384/#": No space left on device' },
      { service: 'postgres', everyMs: 15_000, level: 'fatal', message: 'could not write to file "pg_wal/xlogtemp.#": No space left on device' },
    ],
  },
  {
    name: 'expired certificate of auth',
    cause: 'auth',
    effects: [
      { ...{ service: 'auth', match: /login succeeded|token issued/, chance: 0.9, level: 'error' }, message: 'http: TLS handshake error from 10.1.2.#: remote error: tls: expired certificate' },
      { ...{ service: 'storefront', match: /login answered/, chance: 0.9, level: 'error' }, message: 'login failed: certificate has expired at https://auth:8443/token' },
    ],
  },
  {
    name: 'retry storm on redis',
    cause: 'redis',
    effects: [
      { ...{ service: 'cart', match: /loaded with|added/, chance: 0.8, level: 'error' }, message: 'Timeout awaiting response from redis:6379 (#ms elapsed), retry 3 of 5', then: [{ service: 'storefront', match: /cart item stored/, level: 'error', message: 'upstream cart failed: status 504' }] },
    ],
    recurring: [
      { service: 'cart', everyMs: 250, level: 'warn', message: 'Retrying command GET cart:# on redis:6379, it took # ms' },
      { service: 'redis', everyMs: 6000, level: 'warn', message: 'Client id=# closed for overcoming of output buffer limits' },
      { service: 'redis', everyMs: 9000, level: 'warn', message: 'WARNING overcommit_memory is set to 0! Background save failed, MISCONF errors writing to disk #' },
    ],
  },
  {
    name: 'memory leak in recommendations',
    cause: 'recommendations',
    rampMs: 120_000,
    effects: [
      { ...{ service: 'recommendations', match: /served/, chance: 0.6, level: 'error' }, message: 'MemoryError: cannot allocate # bytes for candidates', then: [pageWaits('recommendations did not answer within 300 ms')] },
    ],
    recurring: [{ service: 'recommendations', everyMs: 30_000, level: 'fatal', message: 'worker # was killed: out of memory' }],
  },
  {
    name: 'poisoned message in notifications',
    cause: 'notifications',
    effects: [{ ...{ service: 'notifications', match: /sent order_confirmation/, chance: 0.7, level: 'error' }, message: '' }],
    recurring: [
      { service: 'notifications', everyMs: 5000, level: 'error', message: "message 88121 was put back: undefined method 'upcase' for nil (NoMethodError), delivery #" },
    ],
  },
  {
    name: 'name resolution fails',
    cause: null,
    effects: [
      { ...checkoutFails('I/O error on POST request: payments.shop.svc.cluster.local: Temporary failure in name resolution', 0.5) },
      { ...{ service: 'storefront', match: /article page served/, chance: 0.3, level: 'error' }, message: 'getaddrinfo EAI_AGAIN catalog.shop.svc.cluster.local' },
      { ...{ service: 'shipping', match: /label for/, chance: 0.5, level: 'error' }, message: 'Post "https://api.parcelnet.example/labels": dial tcp: lookup api.parcelnet.example on 10.96.0.10:53: server misbehaving' },
      { ...{ service: 'cart', match: /loaded with/, chance: 0.4, level: 'error' }, message: 'No such host is known: redis.platform.svc.cluster.local' },
    ],
  },
  {
    name: 'clock of auth is wrong',
    cause: 'auth',
    skew: { service: 'auth', ms: 45_000 },
    effects: [
      { ...{ service: 'auth', match: /token issued|token refreshed|login succeeded/, chance: 0.7, level: 'error', keepsLine: true }, message: 'token rejected: issued # ms in the future' },
      { ...{ service: 'storefront', match: /login answered/, chance: 0.6, level: 'warn' }, message: 'auth refused the token: status 401' },
    ],
  },
  {
    name: 'loud old error beside a quiet new one',
    cause: 'shipping',
    effects: [{ ...{ service: 'shipping', match: /created parcel/, chance: 0.5, level: 'error' }, message: 'no tariff for zone EU-# weight class XL, parcel not created' }],
    recurring: [
      { service: 'postgres', everyMs: 700, level: 'error', message: 'duplicate key value violates unique constraint "outbox_event_id_key" #', isOld: true },
      { service: 'catalog', everyMs: 1500, level: 'error', message: 'thumbnail # is broken: cannot identify image file', isOld: true },
    ],
  },
  {
    name: 'payment provider is down',
    cause: null,
    effects: [
      {
        ...{ service: 'payments', match: /authorization granted/, chance: 0.8, level: 'error' },
        message: 'authorization failed: Post "https://api.acquirer-eu1.example/v2/auth": context deadline exceeded after # ms',
        then: [checkoutFails('Payment authorisation for order SO-# failed: payments answered 503')],
      },
    ],
  },
  {
    name: 'mail provider is down',
    cause: null,
    effects: [
      { ...{ service: 'notifications', match: /sent order_confirmation/, chance: 0.95, level: 'error' }, message: 'order_confirmation not delivered: Net::OpenTimeout: execution expired, host=smtp.mailrelay.example port=587 order SO-#' },
    ],
  },
  {
    name: 'inventory crashes',
    cause: 'inventory',
    effects: [
      { ...{ service: 'inventory', match: /stock reserved|stock read/, chance: 0.85, level: 'error' }, message: '' },
      { ...checkoutFails('Reservation for order SO-# failed: Connection refused: inventory:8080', 0.8) },
    ],
    recurring: [
      { service: 'inventory', everyMs: 20_000, level: 'fatal', message: 'uncaught exception, exiting: RangeError: Invalid array length #' },
      { service: 'inventory', everyMs: 20_000, level: 'info', message: 'inventory starting, pid #' },
    ],
  },
  {
    name: 'missing setting in shipping',
    cause: 'shipping',
    deploy: { service: 'shipping', version: '0.15.0' },
    effects: [{ ...{ service: 'shipping', match: /label for/, chance: 1, level: 'error' }, message: 'cannot sign label request #: CARRIER_TOKEN is not set' }],
  },
  {
    name: 'threads of checkout run out',
    cause: 'checkout',
    rampMs: 60_000,
    effects: [
      { ...{ service: 'checkout', match: /Order SO-\d+ placed/, chance: 0.6, level: 'error' }, message: 'Task rejected from executor: pool size = 200, active threads = 200, queued tasks = #', then: [{ service: 'storefront', match: /order answered/, level: 'error', message: 'upstream checkout failed: status 503' }] },
    ],
    recurring: [{ service: 'checkout', everyMs: 4000, level: 'warn', message: 'The Tomcat pool has no idle thread, # requests wait' }],
  },
  {
    name: 'catalog asks for a column that is not there',
    cause: 'catalog',
    deploy: { service: 'catalog', version: '3.32.1' },
    effects: [
      { ...{ service: 'catalog', match: /search for/, chance: 0.9, level: 'error' }, message: 'ProgrammingError: column articles.rank_v2 does not exist, search #', then: [{ service: 'storefront', match: /search page served/, level: 'error', message: 'upstream catalog failed: status 500' }] },
    ],
    recurring: [{ service: 'postgres', everyMs: 4000, level: 'error', message: 'column articles.rank_v2 does not exist at character #' }],
  },
  {
    name: 'ingress limits too much',
    cause: 'ingress-nginx',
    effects: [
      { ...{ service: 'ingress-nginx', match: /"GET \/article/, chance: 0.4, level: 'error' }, message: 'limiting requests, excess: 20.# by zone "shop", client: 192.0.2.#' },
      { ...{ service: 'storefront', match: /article page served/, chance: 0.4, level: 'info' }, message: '' },
    ],
  },
  {
    name: 'wrong model in recommendations',
    cause: 'recommendations',
    deploy: { service: 'recommendations', version: '2026.11.4' },
    effects: [{ ...{ service: 'recommendations', match: /recommendations served/, chance: 0.8, level: 'warn' }, message: 'model score too low, using bestsellers' }],
  },
  {
    name: 'deadlocks in cart',
    cause: 'cart',
    effects: [
      { ...{ service: 'cart', match: /added/, chance: 0.7, level: 'error' }, message: 'Unhandled exception: SynchronizationLockException: could not enter cart lock after # ms', then: [{ service: 'storefront', match: /cart item stored/, level: 'error', message: 'upstream cart failed: status 500' }] },
    ],
  },
];
