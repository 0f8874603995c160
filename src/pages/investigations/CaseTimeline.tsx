import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2, type IconName } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { InvestigationEvent } from '@loghunter/contracts';
import React from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { Section } from '../../ui/Section';
import type { CasePartProps } from './case-part';

const icons: Readonly<Record<InvestigationEvent['kind'], IconName>> = {
  created: 'plus-circle',
  renamed: 'edit',
  state: 'exchange-alt',
  resolution: 'check-circle',
  pinned: 'bookmark',
  comment: 'comment-alt',
  analysis: 'search',
  annotated: 'tag-alt',
  log: 'list-ul',
};

/** What the logs show and what people did, in one order. */
export function CaseTimeline({ investigation, timeZone }: CasePartProps) {
  const styles = useStyles2(getStyles);
  return (
    <Section title={t('investigations.timeline.title', 'Timeline')} testId={incidentTestIds.investigations.timeline}>
      <ol className={styles.list}>
        {investigation.timeline.map((event, index) => (
          <li key={index} className={event.kind === 'log' ? styles.log : styles.entry}>
            <time dateTime={event.at} className={styles.secondary}>
              {dateTimeFormat(event.at, { timeZone, format: 'MM-DD HH:mm:ss' })}
            </time>
            <Icon name={icons[event.kind]} size="sm" />
            <span className={styles.text}>
              {event.by !== '' && <span className={styles.secondary}>{event.by}: </span>}
              {event.text}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const entry = {
    display: 'grid',
    gridTemplateColumns: '104px 16px minmax(0, 1fr)',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
    alignItems: 'start',
  } as const;
  return {
    list: css({ listStyle: 'none', fontSize: theme.typography.bodySmall.fontSize }),
    entry: css(entry),
    log: css({ ...entry, color: theme.colors.warning.text }),
    secondary: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
    text: css({ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }),
  };
}
