import { administer, type Administration } from '@loghunter/bff/administration';
import { readConfig } from '@loghunter/bff/config';
import type { ApiKey, NewApiKeyResponse, Scope } from '@loghunter/contracts';
import { say } from '../terminal/output.ts';
import { printable } from '../terminal/printable.ts';
import { parseUntil } from '../times/until.ts';
import { withProblems } from './with-problems.ts';

/** Options that every command about keys has. */
export interface TenantFlags {
  readonly tenant?: string;
}

/** Options of `loghunter keys create` as the command line gives them. */
export interface CreateKeyFlags extends TenantFlags {
  readonly name: string;
  readonly scope: readonly Scope[];
  readonly limit?: number;
  readonly expires?: string;
}

/** `loghunter keys create`: the key alone goes to standard output. */
export async function createKey({ name, scope, limit, expires, ...flags }: CreateKeyFlags): Promise<void> {
  const expiresAt = expires === undefined ? undefined : new Date(parseUntil('--expires', expires)).toISOString();
  showNew(
    await withKeys(flags, (administration) =>
      administration.createApiKey({
        name,
        scopes: [...scope],
        ...(limit === undefined ? {} : { hourlyLimit: limit }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      })
    )
  );
}

/** `loghunter keys list`: one line each, fields separated by tabs. */
export async function listKeys(flags: TenantFlags): Promise<void> {
  const { apiKeys } = await withKeys(flags, (administration) => administration.listApiKeys({}));
  for (const key of apiKeys) {
    process.stdout.write(`${renderKey(key)}\n`);
  }
}

/** `loghunter keys rotate`: the new key alone goes to standard output. */
export async function rotateKey(
  id: string,
  { grace, ...flags }: TenantFlags & { readonly grace: string }
): Promise<void> {
  const graceSeconds = Math.round((parseUntil('--grace', grace) - Date.now()) / 1000);
  showNew(await withKeys(flags, (administration) => administration.rotateApiKey({ id, graceSeconds })));
}

/** `loghunter keys revoke`. */
export async function revokeKey(id: string, flags: TenantFlags): Promise<void> {
  const { apiKey } = await withKeys(flags, (administration) => administration.revokeApiKey({ id }));
  say(`revoked ${printable(apiKey.name)}, ${apiKey.prefix}...${apiKey.lastFour}`);
}

function withKeys<T>({ tenant }: TenantFlags, work: (administration: Administration) => Promise<T>): Promise<T> {
  return withProblems(() => administer(readConfig(), { tenantName: tenant ?? null }, work));
}

function showNew({ apiKey, key }: NewApiKeyResponse): void {
  process.stdout.write(`${key}\n`);
  say(`key ${apiKey.id}; it is shown this once and kept nowhere`);
}

function renderKey(key: ApiKey): string {
  return [
    key.id,
    `${key.prefix}...${key.lastFour}`,
    key.status,
    key.scopes.join(','),
    key.hourlyLimit ?? '-',
    key.expiresAt ?? '-',
    key.lastUsedAt ?? '-',
    printable(key.name),
  ].join('\t');
}
