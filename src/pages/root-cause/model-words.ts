import type { ListModelProvidersResponse } from '@loghunter/contracts';
import { t } from '../../translations';

/** Why no model can be asked, calmly and with what to do; undefined when one can. */
export function whyNoModel({ settings, providers }: ListModelProvidersResponse): string | undefined {
  const chosen = providers.find(({ isChosen }) => isChosen);
  if (!settings.isEnabledByInstallation || !settings.isEnabled) {
    return t(
      'explanation.off',
      'Language models are switched off here. Everything on this page was found without one.'
    );
  }
  if (chosen === undefined || !chosen.isConfigured) {
    return t(
      'explanation.not-configured',
      'No language model is set up. Everything on this page was found without one; an administrator can connect Ollama or another provider.'
    );
  }
  if (!chosen.isEnabled) {
    return t(
      'explanation.not-enabled',
      '{{provider}} lies outside the installation and an administrator has not enabled it. Everything on this page was found without it.',
      { provider: chosen.title }
    );
  }
  return undefined;
}

/** US dollars as people read small sums; nothing is "free" only when somebody has said so. */
export function costText(costUsd: number | null): string {
  if (costUsd === null) {
    return t('explanation.cost-unknown', 'price not known');
  }
  if (costUsd === 0) {
    return t('explanation.cost-none', 'no cost');
  }
  return costUsd < 0.01 ? t('explanation.cost-small', 'less than $0.01') : `$${costUsd.toFixed(2)}`;
}
