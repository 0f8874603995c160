import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import type { Cluster } from '@loghunter/contracts';
import React, { type ReactNode } from 'react';
import { testIds } from '../../test-ids';
import { Moment } from '../../ui/Moment';
import { exactCount, percent } from '../../ui/number-format';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';

export function ClusterFacts({ cluster, timeZone }: { cluster: Cluster; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  return (
    <Section title="Facts" testId={testIds.cluster.facts}>
      <dl className={styles.facts}>
        <Fact name="Service">{cluster.service || <em>none</em>}</Fact>
        <Fact name="Namespace">{cluster.namespace || <em>none</em>}</Fact>
        <Fact name="Events in range">{exactCount(cluster.eventCount)}</Fact>
        <Fact name="Lines in range">{exactCount(cluster.lineCount)}</Fact>
        <Fact name="Share of all events">{percent(cluster.share)}</Fact>
        <Fact name="First seen">
          <Moment at={cluster.firstSeen} timeZone={timeZone} nowMs={nowMs} />
          {cluster.isNew && (
            <Badge className={styles.badge} color="blue" text="new" tooltip="First seen in this time range" />
          )}
        </Fact>
        <Fact name="Last seen">
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
    badge: css({ marginInlineStart: theme.spacing(0.75) }),
  };
}
