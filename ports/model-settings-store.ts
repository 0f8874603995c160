/** What a tenant may spend on language models; a call that could pass one of them is not made. */
export interface ModelBudgetRow {
  /** In and out, within a day in UTC. */
  readonly tokensPerDay: number;
  readonly callsPerMinute: number;
  /** Millionths of a US dollar within a month in UTC. */
  readonly microdollarsPerMonth: number;
}

/** What a tenant has chosen about language models. */
export interface ModelSettingsRow {
  /** False: no model is asked for anything. */
  readonly isEnabled: boolean;
  /** Null: the one that the configuration names. */
  readonly provider: string | null;
  readonly modelSize: 'base' | 'large';
  /** Those outside the installation that an administrator has enabled. */
  readonly enabledProviders: readonly string[];
  readonly budgets: ModelBudgetRow;
}

/**
 * What holds for a tenant that has chosen nothing: nothing outside the installation is enabled, and budgets that a person on call
 * does not meet while a loop does: 500,000 tokens are some 60 explanations, 20 dollars the price of a working lunch.
 */
export const defaultModelSettings: ModelSettingsRow = Object.freeze({
  isEnabled: true,
  provider: null,
  modelSize: 'base',
  enabledProviders: Object.freeze([]),
  budgets: Object.freeze({ tokensPerDay: 500_000, callsPerMinute: 10, microdollarsPerMonth: 20_000_000 }),
});

/** A change of what is given. */
export interface ModelSettingsChange extends Partial<Omit<ModelSettingsRow, 'budgets'>> {
  readonly budgets?: Partial<ModelBudgetRow>;
}

/** Tenants' settings of language models. Throws `PortError` of the database. */
export interface ModelSettingsStore {
  /** {@link defaultModelSettings} for a tenant that has chosen nothing. */
  read(tenantId: string): Promise<ModelSettingsRow>;
  /** Returns the settings as they hold now. `changedBy` is for people. */
  change(tenantId: string, change: ModelSettingsChange, changedBy: string): Promise<ModelSettingsRow>;
}
