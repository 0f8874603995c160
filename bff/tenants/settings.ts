import type {
  ListInstallationSettingsResponse,
  ListSettingsResponse,
  RequestOf,
  Setting,
  SettingName,
  SettingResponse,
} from '@loghunter/contracts';
import type { Tenant, TenantStore } from '@loghunter/ports';
import type { Config } from '../config.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { maxOf, ownValue, tenantSettings } from '../settings/tenant-settings.ts';
import { noSuchTenant } from './tenant-feature.ts';

/** What the requests about settings need. */
export interface SettingFeature {
  readonly tenantId: string;
  readonly tenantStore: TenantStore;
  readonly configuredTenantId: string;
  /** The configuration that holds for tenants that set nothing. */
  readonly installation: Config;
}

/** Answers every setting as it holds, and where it comes from. */
export async function listSettings(feature: SettingFeature): Promise<ListSettingsResponse> {
  const tenant = await requireTenant(feature);
  const names = Object.keys(tenantSettings) as SettingName[];
  return { settings: names.map((name) => presentSetting(feature, tenant, name)) };
}

// Not as the tenant was opened, which may be seconds ago: whoever has just changed a setting wants to see it.
async function requireTenant({ tenantStore, tenantId }: SettingFeature): Promise<Tenant> {
  const tenant = (await tenantStore.listTenants()).find(({ id }) => id === tenantId);
  if (tenant === undefined) {
    throw noSuchTenant(tenantId);
  }
  return tenant;
}

/** `GET /api/v1/installation-settings`: for administrators of the tenant that the configuration names, and for operators. */
export async function listInstallationSettings(
  feature: SettingFeature,
  _: unknown,
  { principal }: CallContext
): Promise<ListInstallationSettingsResponse> {
  const { installation, tenantId, configuredTenantId } = feature;
  if (tenantId !== configuredTenantId && principal.role !== 'operator') {
    throw new ProblemError('forbidden', 'The installation is not this tenant’s: its operators see how it is set.');
  }
  const tenant = await requireTenant(feature);
  const own = new Map(
    (Object.keys(tenantSettings) as SettingName[]).map((name) => [
      tenantSettings[name].variable as string,
      ownValue(name, tenant, installation),
    ])
  );
  return {
    settings: installation.described.map((setting) => {
      const value = own.get(setting.name);
      return value === undefined ? setting : { ...setting, value: String(value), origin: 'tenant' };
    }),
  };
}

/** Sets a setting for the tenant; it holds within seconds on every replica. */
export async function changeSetting(
  feature: SettingFeature,
  { name, value }: RequestOf<'changeSetting'>
): Promise<SettingResponse> {
  const setting = tenantSettings[name];
  const maxValue = maxOf(setting, feature.installation);
  if (value < setting.minValue || value > maxValue) {
    const message = `must be ${setting.minValue} to ${maxValue} ${setting.unit}`;
    throw new ProblemError('invalid-request', `body.value: ${message}`, { errors: [{ path: 'body.value', message }] });
  }
  return store(feature, name, value);
}

/** Takes a tenant's own value away. */
export function resetSetting(feature: SettingFeature, { name }: RequestOf<'resetSetting'>): Promise<SettingResponse> {
  return store(feature, name, null);
}

async function store(feature: SettingFeature, name: SettingName, value: number | null): Promise<SettingResponse> {
  const tenant = await feature.tenantStore.changeSetting(feature.tenantId, name, value);
  if (tenant === null) {
    throw noSuchTenant(feature.tenantId);
  }
  return { setting: presentSetting(feature, tenant, name) };
}

function presentSetting({ installation }: SettingFeature, tenant: Tenant, name: SettingName): Setting {
  const setting = tenantSettings[name];
  const own = ownValue(name, tenant, installation);
  const { description, unit, minValue } = setting;
  const installationValue = setting.read(installation);
  return {
    ...{ name, description, unit, installationValue, minValue, maxValue: maxOf(setting, installation) },
    value: own ?? installationValue,
    origin: own !== undefined ? 'tenant' : installation.givenSettings.has(setting.variable) ? 'environment' : 'default',
  };
}
