import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, TextLink, useStyles2 } from '@grafana/ui';
import type { GetHealthResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../../api/server-client';
import { useRequest } from '../../../api/use-request';
import { configurationPath } from '../../../plugin-paths';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { Section } from '../../../ui/Section';
import { AdministrationMoment } from '../AdministrationMoment';
import { Loaded } from '../Loaded';
import { TabStack } from '../TabStack';
import { CheckList, type CheckItem } from './CheckList';
import { LogStoreSection } from './LogStoreSection';
import { WatchSection } from './WatchSection';

/** Whether the server and everything that it needs are well. */
export function HealthTab() {
  const request = useRequest('health', (signal) => serverClient().getHealth({}, signal));
  return (
    <TabStack testId={testIds.administration.health}>
      <Section
        title={t('administration.health.title', 'Server')}
        actions={
          <>
            <TextLink href={configurationPath}>
              {t('administration.health.configuration', 'Address and secret')}
            </TextLink>
            <Button size="sm" variant="secondary" icon="sync" disabled={request.isLoading} onClick={request.reload}>
              {t('administration.health.check', 'Check again')}
            </Button>
          </>
        }
      >
        <Loaded request={request}>
          {(health) => (
            <>
              <ServerFacts health={health} />
              <CheckList label={t('administration.health.components', 'Components')} items={componentItems(health)} />
            </>
          )}
        </Loaded>
      </Section>
      <LogStoreSection />
      <WatchSection />
    </TabStack>
  );
}

function componentItems({ components }: GetHealthResponse): readonly CheckItem[] {
  const titles: Readonly<Record<GetHealthResponse['components'][number]['name'], string>> = {
    database: t('administration.health.database', 'Database'),
    loki: t('administration.health.loki', 'Log store'),
    cache: t('administration.health.cache', 'Cache'),
    scanner: t('administration.health.scanner', 'Reading of logs'),
  };
  return components.map(({ name, status, detail }) => ({ id: name, title: titles[name], status, detail }));
}

function ServerFacts({ health }: { health: GetHealthResponse }) {
  const styles = useStyles2(getStyles);
  const facts: ReadonlyArray<readonly [string, React.ReactNode]> = [
    [t('administration.health.version', 'Version'), health.version],
    [
      t('administration.health.storage', 'Storage'),
      health.storage === 'pglite' ? t('administration.health.embedded', 'embedded') : 'Postgres',
    ],
    [
      t('administration.health.log-store', 'Logs'),
      health.logStore === 'embedded' ? t('administration.health.embedded', 'embedded') : 'Loki',
    ],
    [
      t('administration.health.started', 'Started'),
      <AdministrationMoment key="at" at={health.startedAt} whenNull="" />,
    ],
    [
      t('administration.health.read-up-to', 'Logs read up to'),
      <AdministrationMoment
        key="at"
        at={health.readUpTo}
        whenNull={t('administration.health.nothing-read', 'nothing read yet')}
      />,
    ],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    facts: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 4),
      margin: theme.spacing(0, 0, 2),
      '& dt': { color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize },
      '& dd': { margin: 0 },
    }),
  };
}
