import type { ModelProviderName, ModelSettings, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { ModelSettingsChange, ModelSettingsRow } from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';
import { providerNameOf } from './chosen-model.ts';
import { toUsd } from './estimate-cost.ts';
import type { ModelProviderFeature } from './model-provider-feature.ts';
import { providerTitles } from './model-providers.ts';
import { presentProvider } from './present-provider.ts';

/** `GET /api/v1/model-providers`; asks no provider. */
export async function listModelProviders(feature: ModelProviderFeature): Promise<ResponseOf<'listModelProviders'>> {
  const settings = await feature.modelSettings.read(feature.tenantId);
  const names = Object.keys(providerTitles) as ModelProviderName[];
  return {
    providers: names.map((name) => presentProvider(feature.modelProviders, settings, name)),
    settings: await presentSettings(feature, settings),
  };
}

/** `PATCH /api/v1/model-providers` */
export async function changeModelSettings(
  feature: ModelProviderFeature,
  request: RequestOf<'changeModelSettings'>,
  { principal }: CallContext
): Promise<ResponseOf<'changeModelSettings'>> {
  const { budgets, enabledProviders, ...plain } = request;
  const change: ModelSettingsChange = {
    ...withoutUndefined(plain),
    ...(enabledProviders === undefined ? {} : { enabledProviders: [...new Set(enabledProviders)] }),
    ...(budgets === undefined
      ? {}
      : {
          budgets: withoutUndefined({
            tokensPerDay: budgets.tokensPerDay,
            callsPerMinute: budgets.callsPerMinute,
            microdollarsPerMonth:
              budgets.usdPerMonth === undefined ? undefined : Math.round(budgets.usdPerMonth * 1_000_000),
          }),
        }),
  };
  const settings = await feature.modelSettings.change(feature.tenantId, change, principal.actor.name);
  return { settings: await presentSettings(feature, settings) };
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function withoutUndefined<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

async function presentSettings(
  { tenantId, modelProviders, egress }: ModelProviderFeature,
  settings: ModelSettingsRow
): Promise<ModelSettings> {
  const use = await egress.readUse(tenantId);
  const { isEnabled, modelSize, enabledProviders, budgets } = settings;
  return {
    ...{ isEnabled, modelSize },
    isEnabledByInstallation: modelProviders.isEnabled,
    provider: providerNameOf(modelProviders, settings),
    enabledProviders: enabledProviders.filter((name): name is ModelProviderName => name in providerTitles),
    budgets: {
      tokensPerDay: budgets.tokensPerDay,
      callsPerMinute: budgets.callsPerMinute,
      usdPerMonth: toUsd(budgets.microdollarsPerMonth) ?? 0,
    },
    use: {
      tokensToday: use.tokensToday,
      callsThisMinute: use.callsThisMinute,
      usdThisMonth: toUsd(use.microdollarsThisMonth) ?? 0,
    },
  };
}
