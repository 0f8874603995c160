import type { SettingName as TenantSettingName } from '@loghunter/contracts';
import type { Tenant } from '@loghunter/ports';
import type { Config } from '../config.ts';
import type { QueryKind } from '../query-budget/budget-settings.ts';
import type { SettingName as VariableName } from './table.ts';

const dayMs = 86_400_000;
const mebibyte = 1024 * 1024;

/** What a tenant may set. */
export interface TenantSetting {
  readonly description: string;
  readonly unit: string;
  /** The installation's setting for it. */
  readonly variable: VariableName;
  readonly minValue: number;
  /** Null: no more than the installation's value, because more would cost others. */
  readonly maxValue: number | null;
  readonly read: (config: Config) => number;
  /** The configuration with another value. */
  readonly write: (config: Config, value: number) => Config;
}

const variables = {
  people: { minuteBytes: 'LOGHUNTER_BUDGET_PEOPLE_MINUTE_MIB', queryBytes: 'LOGHUNTER_BUDGET_PEOPLE_QUERY_MIB' },
  background: {
    minuteBytes: 'LOGHUNTER_BUDGET_BACKGROUND_MINUTE_MIB',
    queryBytes: 'LOGHUNTER_BUDGET_BACKGROUND_QUERY_MIB',
  },
} as const;

/** Everything that a tenant may set, in the order in which it is shown. */
export const tenantSettings: Readonly<Record<TenantSettingName, TenantSetting>> = {
  retentionDays: {
    description:
      'Counts older than this are deleted, at most six days later, because they go by whole weeks where nobody keeps them longer; clusters stay.',
    unit: 'days',
    variable: 'LOGHUNTER_RETENTION_DAYS',
    minValue: 1,
    maxValue: null,
    read: ({ retentionMs }) => Math.floor(retentionMs / dayMs),
    write: (config, value) => ({ ...config, retentionMs: value * dayMs }),
  },
  anomalySensitivity: {
    description: 'How much is told of anomalies: 1 only what is beyond all doubt, 5 also what may be chance.',
    unit: 'of 5',
    variable: 'LOGHUNTER_DETECTION_SENSITIVITY',
    minValue: 1,
    maxValue: 5,
    read: ({ detection }) => detection.sensitivity,
    write: (config, value) => ({ ...config, detection: { ...config.detection, sensitivity: value } }),
  },
  autoResolveDays: {
    description: 'Open clusters without lines for this long are resolved; 0: never.',
    unit: 'days',
    variable: 'LOGHUNTER_AUTO_RESOLVE_DAYS',
    minValue: 0,
    maxValue: 3650,
    read: ({ autoResolveMs }) => Math.floor((autoResolveMs ?? 0) / dayMs),
    write: (config, value) => ({ ...config, autoResolveMs: value === 0 ? null : value * dayMs }),
  },
  queryCacheSeconds: {
    description: "How long the answer to a person's query is good for everyone who asks the same.",
    unit: 'seconds',
    variable: 'LOGHUNTER_QUERY_CACHE_SECONDS',
    minValue: 0,
    maxValue: 3600,
    read: ({ queryCacheMs }) => Math.floor(queryCacheMs / 1000),
    write: (config, value) => ({ ...config, queryCacheMs: value * 1000 }),
  },
  peopleMinuteMebibytes: budget('people', 'minuteBytes', "What people's queries together may have Loki read a minute."),
  peopleQueryMebibytes: budget('people', 'queryBytes', "What one of people's queries may have Loki read."),
  backgroundMinuteMebibytes: budget(
    'background',
    'minuteBytes',
    'What background queries together may have Loki read a minute.'
  ),
  backgroundQueryMebibytes: budget('background', 'queryBytes', 'What one background query may have Loki read.'),
};

function budget(
  kind: Exclude<QueryKind, 'ai'>,
  limit: 'minuteBytes' | 'queryBytes',
  description: string
): TenantSetting {
  return {
    description,
    unit: 'mebibytes',
    variable: variables[kind][limit],
    minValue: 1,
    maxValue: null,
    read: (config) => Math.floor(config.budget.limits[kind][limit] / mebibyte),
    write(config, value) {
      const { limits } = config.budget;
      const changed = { ...limits[kind], [limit]: value * mebibyte };
      return { ...config, budget: { ...config.budget, limits: { ...limits, [kind]: changed } } };
    },
  };
}

/** The highest value that a tenant may set. */
export function maxOf(setting: TenantSetting, config: Config): number {
  return setting.maxValue ?? setting.read(config);
}

/** The value that the tenant has set, within today's bounds; undefined when it has set none. */
export function ownValue(name: TenantSettingName, { settings }: Pick<Tenant, 'settings'>, config: Config) {
  const setting = tenantSettings[name];
  const value = settings[name];
  return value === undefined ? undefined : Math.max(setting.minValue, Math.min(value, maxOf(setting, config)));
}

/** The installation's configuration as it holds for a tenant. */
export function configOf(tenant: Pick<Tenant, 'settings'>, config: Config): Config {
  return (Object.keys(tenantSettings) as TenantSettingName[]).reduce((changed, name) => {
    const value = ownValue(name, tenant, config);
    return value === undefined ? changed : tenantSettings[name].write(changed, value);
  }, config);
}
