import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import type { AnomalyEvent, GetAnomalyEventResponse } from '@loghunter/contracts';
import React from 'react';
import { clusterHref } from '../../plugin-paths';
import { t } from '../../translations';
import { BeforeAfterBars } from '../../ui/evidence/BeforeAfterBars';
import { LevelMark } from '../../ui/LevelMark';
import { PlacesText } from '../../ui/PlacesText';
import { Section } from '../../ui/Section';
import { countText } from './anomaly-words';

interface ContributingClustersProps {
  readonly clusters: GetAnomalyEventResponse['clusters'];
  readonly event: AnomalyEvent;
}

/** The clusters that make the difference, each with what came and what was to be expected. */
export function ContributingClusters({ clusters, event }: ContributingClustersProps) {
  const styles = useStyles2(getStyles);
  const highest = Math.max(1, ...clusters.flatMap(({ eventCount, expectedCount }) => [eventCount, expectedCount]));
  const range = `?${new URLSearchParams({ from: event.startedAt, to: event.endedAt ?? 'now' }).toString()}`;
  return (
    <Section title={t('anomalies.clusters.title', 'Clusters that make the difference')} isFlush>
      {clusters.length === 0 && (
        <p className={styles.note}>
          {t('anomalies.clusters.none', 'No single cluster stands out: all of them changed alike.')}
        </p>
      )}
      <ul className={styles.list}>
        {clusters.map((cluster) => (
          <li key={cluster.id} className={styles.entry}>
            <div className={styles.words}>
              <LevelMark level={cluster.level} />
              <a href={clusterHref(cluster.id, range)} className={styles.template}>
                <PlacesText text={cluster.templateText} />
              </a>
              {cluster.isNew && <Badge color="blue" text={t('anomalies.clusters.new', 'new')} />}
            </div>
            <BeforeAfterBars
              before={cluster.expectedCount}
              after={cluster.eventCount}
              highest={highest}
              beforeText={t('anomalies.clusters.expected', '{{figure}} expected', {
                figure: countText(cluster.expectedCount),
              })}
              afterText={t('anomalies.clusters.observed', '{{figure}} came', { figure: countText(cluster.eventCount) })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({
      margin: 0,
      padding: theme.spacing(0, 1.5, 1.5),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    list: css({ listStyle: 'none' }),
    entry: css({
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) 260px',
      gap: theme.spacing(0.5, 2),
      alignItems: 'center',
      padding: theme.spacing(0.75, 1.5),
      borderTop: `1px solid ${theme.colors.border.weak}`,
      fontSize: theme.typography.bodySmall.fontSize,
      '@container (max-width: 700px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    }),
    words: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(1), minWidth: 0 }),
    template: css({
      fontFamily: theme.typography.fontFamilyMonospace,
      overflowWrap: 'anywhere',
      '&:hover': { color: theme.colors.text.link, textDecoration: 'underline' },
    }),
  };
}
