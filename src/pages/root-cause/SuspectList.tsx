import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import type { Suspect } from '@loghunter/contracts';
import React from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { percent } from '../../ui/number-format';
import { Section } from '../../ui/Section';
import { channelWord } from './analysis-words';
import { EvidenceLinks } from './EvidenceLinks';

/** Services by how much speaks against them. */
export function SuspectList({ suspects }: { suspects: readonly Suspect[] }) {
  const styles = useStyles2(getStyles);
  return (
    <Section title={t('rootCause.suspects.title', 'Suspects')} isFlush>
      {suspects.length === 0 && (
        <p className={styles.note}>
          {t(
            'rootCause.suspects.none',
            'No service behaved differently from before. The cause may lie outside these logs, or outside the windows.'
          )}
        </p>
      )}
      <ol className={styles.list}>
        {suspects.map((suspect) => (
          <SuspectEntry key={suspect.service} suspect={suspect} />
        ))}
      </ol>
    </Section>
  );
}

function SuspectEntry({ suspect }: { suspect: Suspect }) {
  const styles = useStyles2(getStyles);
  const { rank, service, score, reasons, channels, findingIds, isFirst } = suspect;
  return (
    <li className={styles.entry} data-testid={incidentTestIds.rootCause.suspect}>
      <span className={styles.rank}>{rank}</span>
      <div className={styles.words}>
        <div className={styles.name}>
          <strong>{service}</strong>
          {isFirst && (
            <Badge
              color="orange"
              text={t('rootCause.suspects.first', 'deviated first')}
              tooltip={t('rootCause.suspects.first-hint', 'Before all other services')}
            />
          )}
          <span className={styles.channels}>
            {channels.map(({ channel, surprise }) => (
              <span
                key={channel}
                className={styles.channel}
                title={t(
                  'rootCause.suspects.surprise',
                  'A healthy service shows this about once in 10^{{exponent}} windows',
                  {
                    exponent: Math.round(surprise),
                  }
                )}
              >
                {channelWord(channel)}
              </span>
            ))}
          </span>
        </div>
        <ul className={styles.reasons}>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        <EvidenceLinks ids={findingIds} />
      </div>
      <div className={styles.score}>
        {percent(score)}
        <div className={styles.track} aria-hidden>
          <div className={styles.bar} style={{ width: `${score * 100}%` }} />
        </div>
        <span className={styles.scoreNote}>{t('rootCause.suspects.score', 'of the suspicion')}</span>
      </div>
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: 0, padding: theme.spacing(0, 1.5, 1.5), color: theme.colors.text.secondary }),
    list: css({ listStyle: 'none' }),
    entry: css({
      display: 'grid',
      gridTemplateColumns: '20px minmax(0, 1fr) 104px',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1, 1.5),
      borderTop: `1px solid ${theme.colors.border.weak}`,
    }),
    rank: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
    words: css({ minWidth: 0, display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
    name: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.5, 1) }),
    channels: css({ display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(0.5) }),
    channel: css({
      ...small,
      padding: theme.spacing(0, 0.75),
      borderRadius: theme.shape.radius.pill,
      background: theme.colors.background.secondary,
      color: theme.colors.text.secondary,
    }),
    reasons: css({ ...small, margin: 0, paddingInlineStart: theme.spacing(2), overflowWrap: 'anywhere' }),
    score: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
    scoreNote: css({ ...small, color: theme.colors.text.secondary }),
    track: css({ height: 4, borderRadius: theme.shape.radius.pill, background: theme.colors.background.secondary }),
    bar: css({ height: '100%', borderRadius: theme.shape.radius.pill, background: theme.colors.warning.main }),
  };
}
