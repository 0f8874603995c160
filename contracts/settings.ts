import { z } from 'zod';

/** Names of what a tenant may set. */
export const SettingName = z
  .enum([
    'retentionDays',
    'anomalySensitivity',
    'autoResolveDays',
    'queryCacheSeconds',
    'peopleMinuteMebibytes',
    'peopleQueryMebibytes',
    'backgroundMinuteMebibytes',
    'backgroundQueryMebibytes',
  ])
  .meta({ id: 'SettingName' });
export type SettingName = z.infer<typeof SettingName>;

/** One setting as it holds for the tenant. */
export const Setting = z
  .object({
    name: SettingName,
    description: z.string(),
    unit: z.string(),
    value: z.number().int().describe('What holds'),
    origin: z
      .enum(['default', 'environment', 'tenant'])
      .describe('Where that comes from: the product, the configuration of the installation, or the tenant'),
    installationValue: z.number().int().describe('What holds for tenants that set nothing'),
    minValue: z.number().int(),
    maxValue: z.number().int().describe('Often the value of the installation: a tenant may ask for less'),
  })
  .meta({ id: 'Setting' });
export type Setting = z.infer<typeof Setting>;

/** All settings. */
export const ListSettingsResponse = z.object({ settings: z.array(Setting) }).meta({ id: 'ListSettingsResponse' });
export type ListSettingsResponse = z.infer<typeof ListSettingsResponse>;

/** A setting. */
export const SettingParams = z.object({ name: SettingName });

/** Sets a setting for the tenant. */
export const ChangeSettingRequest = z.object({ value: z.number().int() });

/** The setting as it holds now. */
export const SettingResponse = z.object({ setting: Setting }).meta({ id: 'SettingResponse' });
export type SettingResponse = z.infer<typeof SettingResponse>;

/** One setting of the installation as it holds for the caller's tenant. */
export const InstallationSetting = z
  .object({
    name: z.string().describe('As in the environment of the server'),
    description: z.string(),
    unit: z.string().nullable().describe('Null: it has none'),
    isSecret: z.boolean().describe('Its value is never shown'),
    isSet: z.boolean(),
    value: z.string().nullable().describe('What holds; null: a secret, or not set and without a default'),
    whenUnset: z.string().nullable().describe('What it means that it is not set; null: it has a default'),
    origin: z
      .enum(['default', 'environment', 'file', 'tenant'])
      .describe('Where the value comes from: the product, the environment, a file that it names, or the tenant'),
  })
  .meta({ id: 'InstallationSetting' });
export type InstallationSetting = z.infer<typeof InstallationSetting>;

/** Every setting of the installation, as the process that answers has them. */
export const ListInstallationSettingsResponse = z
  .object({ settings: z.array(InstallationSetting) })
  .meta({ id: 'ListInstallationSettingsResponse' });
export type ListInstallationSettingsResponse = z.infer<typeof ListInstallationSettingsResponse>;
