import {
  defaultModelSettings,
  type ModelSettingsChange,
  type ModelSettingsRow,
  type ModelSettingsStore,
  type SqlDatabase,
  type SqlSession,
} from '@loghunter/ports';
import { toStorableText } from './storable-text.ts';

interface SettingsRow extends Record<string, unknown> {
  readonly is_enabled: boolean;
  readonly provider: string | null;
  readonly model_size: 'base' | 'large';
  readonly enabled_providers: readonly string[];
  readonly tokens_per_day: number | string;
  readonly calls_per_minute: number;
  readonly microdollars_per_month: number | string;
}

const columns =
  'is_enabled, provider, model_size, enabled_providers, tokens_per_day, calls_per_minute, microdollars_per_month';

/** Tenants' settings of language models in a SQL database. */
export function createModelSettingsStore(database: SqlDatabase): ModelSettingsStore {
  return {
    read: (tenantId) => database.withTenant(tenantId, (session) => read(session, tenantId, '')),
    change: (tenantId, change, changedBy) =>
      database.withTenant(tenantId, async (session) => {
        await session.query('insert into model_settings (tenant_id) values ($1) on conflict do nothing', [tenantId]);
        const after = merge(await read(session, tenantId, 'for update'), change);
        await session.query(
          `update model_settings set is_enabled = $2, provider = $3, model_size = $4, enabled_providers = $5::text[],
             tokens_per_day = $6, calls_per_minute = $7, microdollars_per_month = $8, updated_by = $9, updated_at = now()
           where tenant_id = $1`,
          [
            tenantId,
            after.isEnabled,
            after.provider,
            after.modelSize,
            [...after.enabledProviders],
            after.budgets.tokensPerDay,
            after.budgets.callsPerMinute,
            after.budgets.microdollarsPerMonth,
            toStorableText(changedBy),
          ]
        );
        return after;
      }),
  };
}

function merge(before: ModelSettingsRow, { budgets, ...change }: ModelSettingsChange): ModelSettingsRow {
  return { ...before, ...change, budgets: { ...before.budgets, ...budgets } };
}

async function read(session: SqlSession, tenantId: string, lock: '' | 'for update'): Promise<ModelSettingsRow> {
  const [row] = await session.query<SettingsRow>(`select ${columns} from model_settings where tenant_id = $1 ${lock}`, [
    tenantId,
  ]);
  return row === undefined
    ? defaultModelSettings
    : {
        isEnabled: row.is_enabled,
        provider: row.provider,
        modelSize: row.model_size,
        enabledProviders: row.enabled_providers,
        budgets: {
          tokensPerDay: Number(row.tokens_per_day),
          callsPerMinute: row.calls_per_minute,
          microdollarsPerMonth: Number(row.microdollars_per_month),
        },
      };
}
