import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Cluster } from '@loghunter/contracts';
import React from 'react';
import { useLocation } from 'react-router-dom';
import { clusterHref } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { LevelMark } from '../../ui/LevelMark';
import { Moment } from '../../ui/Moment';
import { Section } from '../../ui/Section';
import { TemplateText } from '../../ui/TemplateText';
import { useNowMs } from '../../ui/use-now';

/** The clusters that were first seen last. */
export function NewestClusters({ clusters, timeZone }: { clusters: readonly Cluster[]; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const { search } = useLocation();
  return (
    <Section title={t('overview.newest.title', 'Newest clusters')} testId={testIds.overview.clusters} isFlush>
      {clusters.length === 0 && (
        <p className={styles.none}>{t('overview.newest.none', 'No clusters in this time range.')}</p>
      )}
      <ul className={styles.rows}>
        {clusters.map((cluster) => (
          <li key={cluster.id} className={styles.row}>
            <div className={styles.meta}>
              <LevelMark level={cluster.level} />
              <span className={styles.service}>{cluster.service}</span>
              <Moment at={cluster.firstSeen} timeZone={timeZone} nowMs={nowMs} />
            </div>
            <a href={clusterHref(cluster.id, search)}>
              <TemplateText parts={cluster.template} lineCount={1} />
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    rows: css({ listStyle: 'none', fontSize: theme.typography.bodySmall.fontSize }),
    row: css({
      padding: theme.spacing(0.75, 1.5),
      borderTop: `1px solid ${theme.colors.border.weak}`,
      '& a:hover': { textDecoration: 'underline' },
    }),
    meta: css({ display: 'flex', gap: theme.spacing(1.5), color: theme.colors.text.secondary }),
    service: css({ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    none: css({ margin: 0, padding: theme.spacing(0, 1.5, 1.5), color: theme.colors.text.secondary }),
  };
}
