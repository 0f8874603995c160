import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Switch, useStyles2 } from '@grafana/ui';
import type { ListModelProvidersResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../../api/server-client';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { Loaded } from '../Loaded';
import { TabStack } from '../TabStack';
import { useWork } from '../use-work';
import { BudgetForm } from './BudgetForm';
import { EgressSection } from './EgressSection';
import { ProviderList } from './ProviderList';

/** Language models: the one switch, the providers, what may be spent, and the proof of what went out. */
export function ModelsTab() {
  const request = useRequest('model providers', (signal) => serverClient().listModelProviders({}, signal));
  return (
    <TabStack testId={testIds.administration.models}>
      <Loaded request={request}>
        {(answer) => (
          <TabStack testId={testIds.administration.modelSettings}>
            <ModelSwitch answer={answer} onChanged={request.reload} />
            <ProviderList answer={answer} onChanged={request.reload} />
            <BudgetForm
              key={JSON.stringify(answer.settings.budgets)}
              settings={answer.settings}
              onChanged={request.reload}
            />
          </TabStack>
        )}
      </Loaded>
      <EgressSection />
    </TabStack>
  );
}

function ModelSwitch({
  answer: { settings },
  onChanged,
}: {
  answer: ListModelProvidersResponse;
  onChanged: () => void;
}) {
  const styles = useStyles2(getStyles);
  const work = useWork();
  const { isEnabled, isEnabledByInstallation } = settings;

  async function toggle() {
    if (await work.run(() => serverClient().changeModelSettings({ isEnabled: !isEnabled }))) {
      onChanged();
    }
  }

  return (
    <Section title={t('administration.models.switch-title', 'Language models')}>
      {work.error && <ProblemNotice error={work.error} />}
      {!isEnabledByInstallation && (
        <Alert
          severity="info"
          title={t(
            'administration.models.off-by-installation',
            'Whoever runs the installation has switched language models off for everybody.'
          )}
        />
      )}
      <div className={styles.row}>
        <Switch
          id="loghunter-models-switch"
          value={isEnabled && isEnabledByInstallation}
          disabled={work.isBusy || !isEnabledByInstallation}
          onChange={() => void toggle()}
        />
        <label htmlFor="loghunter-models-switch" className={styles.label}>
          {t('administration.models.switch', 'Let language models explain')}
        </label>
        <span className={styles.note}>
          {t(
            'administration.models.switch-note',
            'Off: no model is asked for anything. Clusters, anomalies and root causes need none.'
          )}
        </span>
      </div>
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    label: css({ margin: 0 }),
    note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
