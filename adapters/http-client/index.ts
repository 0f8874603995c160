export { createHttpClient } from './http-client.ts';
export type { HttpClientOptions } from './http-client.ts';
export { createHostFetch } from './host-fetch.ts';
export type { HostFetch, HostFetchOptions } from './host-fetch.ts';
