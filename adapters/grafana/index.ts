export { connectSigningKeys } from './signing-keys.ts';
export type { SigningKeysOptions } from './signing-keys.ts';
