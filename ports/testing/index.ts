export { createFakeCache } from './cache-fake.ts';
export { createFakeStores } from './ledger-fake.ts';
