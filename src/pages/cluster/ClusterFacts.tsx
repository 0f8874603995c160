import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Cluster } from '@loghunter/contracts';
import React, { type ReactNode } from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { Moment } from '../../ui/Moment';
import { exactCount, percent } from '../../ui/number-format';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';
import { stateWord } from '../../work-list/state-words';

export function ClusterFacts({ cluster, timeZone }: { cluster: Cluster; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  return (
    <Section title={t('cluster.facts.title', 'Facts')} testId={testIds.cluster.facts}>
      <dl className={styles.facts}>
        <Fact name={t('cluster.facts.service', 'Service')}>
          {cluster.service || <em>{t('cluster.facts.none', 'none')}</em>}
        </Fact>
        <Fact name={t('cluster.facts.namespace', 'Namespace')}>
          {cluster.namespace || <em>{t('cluster.facts.none', 'none')}</em>}
        </Fact>
        <Fact name={t('cluster.facts.state', 'State')}>
          {stateWord(cluster.work.state)} <Moment at={cluster.work.since} timeZone={timeZone} nowMs={nowMs} />
        </Fact>
        <Fact name={t('cluster.facts.events', 'Events in range')}>{exactCount(cluster.eventCount)}</Fact>
        <Fact name={t('cluster.facts.lines', 'Lines in range')}>{exactCount(cluster.lineCount)}</Fact>
        <Fact name={t('cluster.facts.share', 'Share of all events')}>{percent(cluster.share)}</Fact>
        <Fact name={t('cluster.facts.first', 'First seen')}>
          <Moment at={cluster.firstSeen} timeZone={timeZone} nowMs={nowMs} />
        </Fact>
        <Fact name={t('cluster.facts.last', 'Last seen')}>
          <Moment at={cluster.lastSeen} timeZone={timeZone} nowMs={nowMs} />
        </Fact>
      </dl>
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    facts: css({
      display: 'grid',
      gap: theme.spacing(0.75, 3),
      margin: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      '& > div': { display: 'grid', gridTemplateColumns: '124px minmax(0, 1fr)' },
      '@container (max-width: 1000px)': {
        gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))',
        '& > div': { gridTemplateColumns: 'minmax(0, 1fr)' },
      },
      '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
      '& dd': { margin: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
    }),
  };
}
