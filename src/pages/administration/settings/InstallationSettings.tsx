import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { FilterInput, useStyles2 } from '@grafana/ui';
import type { InstallationSetting } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { useMay } from '../../../api/use-role';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { LabelledSwitch } from '../../../ui/LabelledSwitch';
import { Section } from '../../../ui/Section';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';
import { OriginBadge } from './OriginBadge';

/** What the server's environment sets: read only, because it is changed where the server is started. */
export function InstallationSettings() {
  return useMay('admin') === true ? <Installation /> : null;
}

function Installation() {
  const styles = useStyles2(getStyles);
  const [text, setText] = useState('');
  const [isSetOnly, setIsSetOnly] = useState(false);
  const request = useRequest('installation settings', (signal) => serverClient().listInstallationSettings({}, signal));
  const label = t('administration.installation.filter', 'Filter by name or description');
  return (
    <Section title={t('administration.installation.title', 'Installation')}>
      <p className={styles.note}>
        {t(
          'administration.installation.note',
          'As the server that answered has them. They are changed in its environment, and hold after its restart.'
        )}
      </p>
      <div className={styles.filters}>
        <div className={styles.text}>
          <FilterInput value={text} onChange={setText} escapeRegex={false} placeholder={label} aria-label={label} />
        </div>
        <LabelledSwitch
          label={t('administration.installation.set-only', 'Only what is set')}
          value={isSetOnly}
          onChange={setIsSetOnly}
        />
      </div>
      <Loaded request={request}>
        {({ settings }) => (
          <DataTable
            label={t('administration.installation.title', 'Installation')}
            testId={testIds.administration.installation}
            columns={columns()}
            rows={settings.filter(
              (setting) => (!isSetOnly || setting.origin !== 'default') && isMeant(setting, text.trim().toLowerCase())
            )}
            rowKey={({ name }) => name}
            whenEmpty={t('administration.installation.none', 'No setting matches.')}
          />
        )}
      </Loaded>
    </Section>
  );
}

function isMeant({ name, description }: InstallationSetting, text: string): boolean {
  return `${name} ${description}`.toLowerCase().includes(text);
}

function columns(): ReadonlyArray<TableColumn<InstallationSetting>> {
  return [
    {
      id: 'name',
      title: t('administration.installation.name', 'Setting'),
      isWide: true,
      cell: ({ name, description }) => <Named name={name} description={description} />,
    },
    { id: 'value', title: t('administration.installation.value', 'Value'), isWide: true, cell: valueText },
    { id: 'unit', title: t('administration.installation.unit', 'Unit'), cell: ({ unit }) => unit ?? '' },
    {
      id: 'origin',
      title: t('administration.installation.origin', 'From'),
      cell: ({ origin }) => <OriginBadge origin={origin} />,
    },
  ];
}

function Named({ name, description }: Pick<InstallationSetting, 'name' | 'description'>) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <code>{name}</code>
      <div className={styles.note}>{description}</div>
    </>
  );
}

function valueText({ isSecret, isSet, value, whenUnset }: InstallationSetting): string {
  if (isSecret && isSet) {
    return t('administration.installation.secret', 'set (not shown)');
  }
  return (
    value ??
    (whenUnset === null
      ? t('administration.installation.unset', 'not set')
      : t('administration.installation.unset-means', 'not set: {{meaning}}', { meaning: whenUnset }))
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    filters: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 2),
      marginBottom: theme.spacing(1),
    }),
    text: css({ flex: '1 1 220px', maxWidth: 420 }),
  };
}
