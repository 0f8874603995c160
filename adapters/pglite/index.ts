export { openPglite } from './open-pglite.ts';
export type { OpenedPglite, PgliteOptions } from './open-pglite.ts';
