import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Input, Stack, useStyles2 } from '@grafana/ui';
import type { Setting, SettingName } from '@loghunter/contracts';
import React, { useState, type FormEvent } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork } from '../use-work';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { exactCount } from '../../../ui/number-format';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { Loaded } from '../Loaded';
import { TabStack } from '../TabStack';
import { InstallationSettings } from './InstallationSettings';
import { OriginBadge } from './OriginBadge';

/** Retention and budgets of the tenant: what holds, where it comes from, and the tenant's own value. */
export function SettingsTab() {
  const request = useRequest('settings', (signal) => serverClient().listSettings({}, signal));
  return (
    <TabStack testId={testIds.administration.settings}>
      <Section title={t('administration.settings.title', 'Retention and budgets')}>
        <Loaded request={request}>
          {({ settings }) => (
            <div>
              {settings.map((setting) => (
                // After a change the form begins anew with what holds now.
                <SettingRow
                  key={`${setting.name} ${setting.value} ${setting.origin}`}
                  setting={setting}
                  onChanged={request.reload}
                />
              ))}
            </div>
          )}
        </Loaded>
      </Section>
      <InstallationSettings />
    </TabStack>
  );
}

function SettingRow({ setting, onChanged }: { setting: Setting; onChanged: () => void }) {
  const styles = useStyles2(getStyles);
  const action = useWork();
  const [typed, setTyped] = useState(String(setting.value));
  const { name, description, unit, value, origin, installationValue, minValue, maxValue } = setting;
  const wanted = /^\d{1,15}$/.test(typed) ? Number(typed) : Number.NaN;
  const isValid = wanted >= minValue && wanted <= maxValue;
  const unitWord = unit === 'mebibytes' ? 'MiB' : unit;
  const bounds = { min: exactCount(minValue), max: exactCount(maxValue), unit: unitWord };

  async function change(work: () => Promise<unknown>) {
    if (await action.run(work)) {
      onChanged();
    }
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (isValid) {
      void change(() => serverClient().changeSetting({ name, value: wanted }));
    }
  }

  return (
    <form className={styles.row} onSubmit={handleSubmit} data-testid={`${testIds.administration.setting} ${name}`}>
      <div className={styles.words}>
        <label htmlFor={`loghunter-setting-${name}`}>{settingTitle(name)}</label>
        <span className={styles.note}>{description}</span>
        <span className={isValid ? styles.note : styles.wrong} role={isValid ? undefined : 'alert'}>
          {unit.startsWith('of ')
            ? t('administration.settings.scale', '{{min}} to {{max}}', bounds)
            : t('administration.settings.bounds', '{{min}} to {{max}} {{unit}}', bounds)}
          {origin === 'tenant' &&
            ` ${t('administration.settings.installation', '(of the installation: {{value}})', {
              value: exactCount(installationValue),
            })}`}
        </span>
      </div>
      <Stack alignItems="center" wrap="wrap">
        <Input
          id={`loghunter-setting-${name}`}
          width={22}
          value={typed}
          inputMode="numeric"
          suffix={unitWord}
          invalid={!isValid}
          onChange={(event) => setTyped(event.currentTarget.value.trim())}
        />
        <OriginBadge origin={origin} />
        <Button type="submit" size="sm" disabled={!isValid || wanted === value || action.isBusy}>
          {t('administration.settings.save', 'Save')}
        </Button>
        <Button
          size="sm"
          variant="secondary"
          disabled={origin !== 'tenant' || action.isBusy}
          onClick={() => void change(() => serverClient().resetSetting({ name }))}
        >
          {t('administration.settings.reset', 'Reset')}
        </Button>
      </Stack>
      {action.error && (
        <div className={styles.problem}>
          <ProblemNotice error={action.error} />
        </div>
      )}
    </form>
  );
}

function settingTitle(name: SettingName): string {
  const titles: Readonly<Record<SettingName, string>> = {
    retentionDays: t('administration.settings.retentionDays', 'Retention of counts'),
    anomalySensitivity: t('administration.settings.anomalySensitivity', 'Sensitivity to anomalies'),
    autoResolveDays: t('administration.settings.autoResolveDays', 'Resolve quiet clusters'),
    queryCacheSeconds: t('administration.settings.queryCacheSeconds', 'Cache of queries'),
    peopleMinuteMebibytes: t('administration.settings.peopleMinuteMebibytes', 'People, a minute'),
    peopleQueryMebibytes: t('administration.settings.peopleQueryMebibytes', 'People, one query'),
    backgroundMinuteMebibytes: t('administration.settings.backgroundMinuteMebibytes', 'Background, a minute'),
    backgroundQueryMebibytes: t('administration.settings.backgroundQueryMebibytes', 'Background, one query'),
  };
  return titles[name];
}

function getStyles(theme: GrafanaTheme2) {
  return {
    row: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 3),
      padding: theme.spacing(1, 0),
      '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
    }),
    words: css({ flex: '1 1 320px', minWidth: 0, display: 'flex', flexDirection: 'column', '& label': { margin: 0 } }),
    note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    wrong: css({ color: theme.colors.error.text, fontSize: theme.typography.bodySmall.fontSize }),
    problem: css({ flexBasis: '100%' }),
  };
}
