import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { EvidencePack, TimelineEntry } from '@loghunter/contracts';
import React from 'react';
import { clusterHref } from '../../plugin-paths';
import { t } from '../../translations';
import { Section } from '../../ui/Section';
import { EvidenceLinks } from './EvidenceLinks';

/** What happened in which order: deploys, the onset, the first bad cluster, who deviated when. */
export function AnalysisTimeline({ pack, timeZone }: { pack: EvidencePack; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const { entries, firstBadClusterId } = pack.timeline;
  if (entries.length === 0) {
    return null;
  }
  return (
    <Section title={t('rootCause.timeline.title', 'Timeline')}>
      <ol className={styles.list}>
        {entries.map((entry, index) => (
          <li key={index} className={styles.entry}>
            <time dateTime={entry.at} className={styles.time}>
              {dateTimeFormat(entry.at, { timeZone, format: 'HH:mm:ss' })}
            </time>
            <KindMark kind={entry.kind} />
            <div className={styles.words}>
              {entry.service !== '' && <strong>{entry.service} </strong>}
              {entry.text}{' '}
              {entry.kind === 'first-bad-cluster' && firstBadClusterId !== null && (
                <a
                  className={styles.link}
                  href={clusterHref(
                    firstBadClusterId,
                    `?${new URLSearchParams(pack.windows.incident.range).toString()}`
                  )}
                >
                  {t('rootCause.timeline.cluster', 'Open cluster')}
                </a>
              )}{' '}
              {entry.findingId !== null && <EvidenceLinks ids={[entry.findingId]} />}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function KindMark({ kind }: { kind: TimelineEntry['kind'] }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const hue = {
    deploy: theme.visualization.getColorByName('purple'),
    onset: theme.colors.error.main,
    'first-bad-cluster': theme.colors.error.main,
    deviation: theme.colors.warning.main,
    'incident-start': theme.colors.text.secondary,
    'incident-end': theme.colors.success.main,
  }[kind];
  return (
    <span className={styles.kind}>
      <span className={styles.dot} style={{ background: hue }} aria-hidden />
      {kindWord(kind)}
    </span>
  );
}

function kindWord(kind: TimelineEntry['kind']): string {
  const words: Readonly<Record<TimelineEntry['kind'], string>> = {
    deploy: t('rootCause.timeline.deploy', 'deploy'),
    onset: t('rootCause.timeline.onset', 'onset'),
    'first-bad-cluster': t('rootCause.timeline.first-bad-cluster', 'first bad cluster'),
    deviation: t('rootCause.timeline.deviation', 'deviation'),
    'incident-start': t('rootCause.timeline.incident-start', 'incident begins'),
    'incident-end': t('rootCause.timeline.incident-end', 'incident ends'),
  };
  return words[kind];
}

function getStyles(theme: GrafanaTheme2) {
  return {
    list: css({ listStyle: 'none', fontSize: theme.typography.bodySmall.fontSize }),
    entry: css({
      display: 'grid',
      gridTemplateColumns: '64px 124px minmax(0, 1fr)',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 0),
    }),
    time: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
    kind: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75), whiteSpace: 'nowrap' }),
    dot: css({ width: 8, height: 8, borderRadius: theme.shape.radius.circle, flex: 'none' }),
    words: css({ overflowWrap: 'anywhere' }),
    // In the middle of a sentence colour alone does not tell it from the words.
    link: css({ color: theme.colors.text.link, textDecoration: 'underline' }),
  };
}
