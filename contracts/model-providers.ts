import { z } from 'zod';
import { Timestamp } from './time.ts';

/** Who may be asked to explain; `openai-compatible` is any server with that interface, at an address of the installation's own. */
export const ModelProviderName = z
  .enum(['ollama', 'openai-compatible', 'openai', 'anthropic'])
  .meta({ id: 'ModelProviderName' });
export type ModelProviderName = z.infer<typeof ModelProviderName>;

/** Which of a provider's two models; the configuration says what they are called there. */
export const ModelSize = z.enum(['base', 'large']).meta({ id: 'ModelSize' });
export type ModelSize = z.infer<typeof ModelSize>;

/** A provider as it stands for the tenant. */
export const ModelProvider = z
  .object({
    name: ModelProviderName,
    title: z.string().describe('For people'),
    isConfigured: z.boolean().describe('The installation has its address, models and key'),
    leavesInstallation: z
      .boolean()
      .describe('What is sent to it leaves the installation; then an administrator must enable it first'),
    isEnabled: z.boolean().describe('May be asked. Always true for a configured provider inside the installation'),
    isChosen: z.boolean().describe('Is the one that the tenant asks'),
    destination: z.string().nullable().describe('Host and port that it is reached at; null: not configured'),
    models: z.object({ base: z.string().nullable(), large: z.string().nullable() }),
    price: z
      .object({ inputUsdPerMillionTokens: z.number(), outputUsdPerMillionTokens: z.number() })
      .nullable()
      .describe('Of the chosen size; null: nobody has said. Inside the installation it is 0'),
    state: z
      .enum(['not-configured', 'not-enabled', 'untested', 'ready', 'failing', 'resting'])
      .describe(
        'What the latest call came to. `resting`: not asked for a while after five failures in a row; `untested`: not asked since this server started'
      ),
    stateText: z.string().describe('The same for people, with what to do'),
    stateAt: Timestamp.nullable().describe('When the latest call ended; null: there was none'),
  })
  .meta({ id: 'ModelProvider' });
export type ModelProvider = z.infer<typeof ModelProvider>;

const budgets = {
  tokensPerDay: z.number().int().min(0).max(1_000_000_000).describe('Tokens in and out within a day in UTC'),
  callsPerMinute: z.number().int().min(0).max(10_000),
  usdPerMonth: z.number().min(0).max(1_000_000).describe('US dollars within a month in UTC'),
};

/** What the tenant may spend. A call that could pass one of them is not made. */
export const ModelBudgets = z.object(budgets).meta({ id: 'ModelBudgets' });
export type ModelBudgets = z.infer<typeof ModelBudgets>;

/** What the tenant has spent, calls under way at the most that they may cost. */
export const ModelUse = z
  .object({
    tokensToday: z.number().int(),
    callsThisMinute: z.number().int(),
    usdThisMonth: z.number(),
  })
  .meta({ id: 'ModelUse' });
export type ModelUse = z.infer<typeof ModelUse>;

/** The tenant's settings of language models. */
export const ModelSettings = z
  .object({
    isEnabled: z.boolean().describe('The one switch: false, and no model is asked for anything'),
    isEnabledByInstallation: z.boolean().describe('False: switched off for everybody, whatever the tenant says'),
    provider: ModelProviderName,
    modelSize: ModelSize,
    enabledProviders: z
      .array(ModelProviderName)
      .describe('Those outside the installation that an administrator has enabled; empty at first'),
    budgets: ModelBudgets,
    use: ModelUse,
  })
  .meta({ id: 'ModelSettings' });
export type ModelSettings = z.infer<typeof ModelSettings>;

/** The providers and what the tenant has chosen. */
export const ListModelProvidersResponse = z
  .object({ providers: z.array(ModelProvider), settings: ModelSettings })
  .meta({ id: 'ListModelProvidersResponse' });
export type ListModelProvidersResponse = z.infer<typeof ListModelProvidersResponse>;

/** Changes what is given; it holds from the next call on, without a restart. */
export const ChangeModelSettingsRequest = z.object({
  isEnabled: z.boolean().optional(),
  provider: ModelProviderName.optional(),
  modelSize: ModelSize.optional(),
  enabledProviders: z.array(ModelProviderName).max(4).optional(),
  budgets: z
    .object({
      tokensPerDay: budgets.tokensPerDay.optional(),
      callsPerMinute: budgets.callsPerMinute.optional(),
      usdPerMonth: budgets.usdPerMonth.optional(),
    })
    .optional(),
});
export type ChangeModelSettingsRequest = z.infer<typeof ChangeModelSettingsRequest>;

/** The settings as they hold now. */
export const ModelSettingsResponse = z.object({ settings: ModelSettings }).meta({ id: 'ModelSettingsResponse' });
export type ModelSettingsResponse = z.infer<typeof ModelSettingsResponse>;

/** A provider, in the body: its name is no id. */
export const TestModelProviderRequest = z.object({ provider: ModelProviderName });
export type TestModelProviderRequest = z.infer<typeof TestModelProviderRequest>;

/** What asking a provider for its models came to. No log line is sent. */
export const TestModelProviderResponse = z
  .object({
    provider: ModelProviderName,
    destination: z.string().nullable(),
    isReachable: z.boolean(),
    hasModel: z.boolean().describe('It has the model of the chosen size'),
    models: z.array(z.string()).describe('Names that it offers, the first 200'),
    durationMs: z.number().int(),
    failure: z.string().nullable().describe('Why it cannot be used, and what to do; null: it can'),
  })
  .meta({ id: 'TestModelProviderResponse' });
export type TestModelProviderResponse = z.infer<typeof TestModelProviderResponse>;
