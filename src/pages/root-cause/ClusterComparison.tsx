import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2, type BadgeColor } from '@grafana/ui';
import type { ComparedCluster, EvidencePack } from '@loghunter/contracts';
import React, { useState } from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { clusterHref } from '../../plugin-paths';
import { t } from '../../translations';
import { BeforeAfterBars } from '../../ui/evidence/BeforeAfterBars';
import { LevelMark } from '../../ui/LevelMark';
import { PlacesText } from '../../ui/PlacesText';
import { Section } from '../../ui/Section';
import { StatusBadge } from '../../ui/StatusBadge';

/** A screenful; the rest is there on request. */
const firstCount = 8;

/** Each cluster that differs, before and during the incident. */
export function ClusterComparison({ pack }: { pack: EvidencePack }) {
  const styles = useStyles2(getStyles);
  const [isWhole, setIsWhole] = useState(false);
  const { comparison } = pack;
  const shown = isWhole ? comparison : comparison.slice(0, firstCount);
  const hiddenCount = comparison.length - shown.length;
  return (
    <Section
      title={t('rootCause.comparison.title', 'Before and during, by cluster')}
      testId={incidentTestIds.rootCause.comparison}
      isFlush
    >
      {comparison.length === 0 && (
        <p className={styles.note}>
          {t('rootCause.comparison.none', 'No cluster came more or less often than before.')}
        </p>
      )}
      {isSampled(pack) && comparison.length > 0 && (
        <p className={styles.note}>
          {t(
            'rootCause.comparison.sampled',
            'The windows hold more lines than an analysis reads. {{exact}} of {{count}} clusters are counted exactly, from the ledger; the others by the part that was read.',
            {
              exact: comparison.filter(({ countedFrom }) => countedFrom === 'ledger').length,
              count: comparison.length,
            }
          )}
        </p>
      )}
      <ul className={styles.list}>
        {shown.map((cluster, index) => (
          <ComparedEntry key={cluster.clusterId ?? index} cluster={cluster} pack={pack} />
        ))}
      </ul>
      {hiddenCount > 0 && (
        <div className={styles.more}>
          <Button size="sm" variant="secondary" fill="text" onClick={() => setIsWhole(true)}>
            {t('rootCause.comparison.more', 'Show {{count, number}} more clusters', {
              count: hiddenCount,
              defaultValue_one: 'Show {{count, number}} more cluster',
            })}
          </Button>
        </div>
      )}
    </Section>
  );
}

function isSampled({ windows }: EvidencePack): boolean {
  return !windows.baseline.isComplete || !windows.incident.isComplete;
}

const kindColors: Readonly<Record<ComparedCluster['kind'], BadgeColor>> = {
  new: 'red',
  up: 'orange',
  down: 'blue',
  gone: 'purple',
};

function kindWord(kind: ComparedCluster['kind']): string {
  const words: Readonly<Record<ComparedCluster['kind'], string>> = {
    new: t('rootCause.comparison.new', 'new'),
    gone: t('rootCause.comparison.gone', 'gone'),
    up: t('rootCause.comparison.up', 'more'),
    down: t('rootCause.comparison.down', 'less'),
  };
  return words[kind];
}

function ComparedEntry({ cluster, pack }: { cluster: ComparedCluster; pack: EvidencePack }) {
  const styles = useStyles2(getStyles);
  const { baselinePerMinute: before, incidentPerMinute: after } = cluster;
  const range = `?${new URLSearchParams(pack.windows.incident.range).toString()}`;
  return (
    <li className={styles.entry}>
      <div className={styles.words}>
        <div className={styles.meta}>
          <StatusBadge color={kindColors[cluster.kind]} text={kindWord(cluster.kind)} />
          <LevelMark level={cluster.level} />
          <span>{cluster.service}</span>
          {cluster.isOldNoise && (
            <StatusBadge
              color="darkgrey"
              text={t('rootCause.comparison.old-noise', 'old noise')}
              tooltip={t('rootCause.comparison.old-noise-hint', 'It was as loud before: no reason for blame')}
            />
          )}
        </div>
        {cluster.clusterId === null ? (
          <span className={styles.template}>
            <PlacesText text={cluster.templateText} />
          </span>
        ) : (
          <a className={styles.template} href={clusterHref(cluster.clusterId, range)}>
            <PlacesText text={cluster.templateText} />
          </a>
        )}
      </div>
      <BeforeAfterBars
        before={before}
        after={after}
        highest={Math.max(before, after, Number.MIN_VALUE)}
        beforeText={t('rootCause.comparison.before', '{{rate}} a minute before', { rate: rateText(before) })}
        afterText={t('rootCause.comparison.after', '{{rate}} a minute then', { rate: rateText(after) })}
      />
    </li>
  );
}

function rateText(perMinute: number): string {
  return perMinute >= 10 || perMinute === 0 ? String(Math.round(perMinute)) : perMinute.toPrecision(2);
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: 0, padding: theme.spacing(0, 1.5, 1.5), color: theme.colors.text.secondary }),
    list: css({ listStyle: 'none' }),
    entry: css({
      ...small,
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) 260px',
      gap: theme.spacing(0.5, 2),
      alignItems: 'center',
      padding: theme.spacing(0.75, 1.5),
      borderTop: `1px solid ${theme.colors.border.weak}`,
      '@container (max-width: 700px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    }),
    words: css({ minWidth: 0 }),
    meta: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      color: theme.colors.text.secondary,
      marginBottom: theme.spacing(0.25),
    }),
    template: css({
      fontFamily: theme.typography.fontFamilyMonospace,
      overflowWrap: 'anywhere',
      'a&:hover': { color: theme.colors.text.link, textDecoration: 'underline' },
    }),
    more: css({ padding: theme.spacing(0.5, 1), borderTop: `1px solid ${theme.colors.border.weak}` }),
  };
}
