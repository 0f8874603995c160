import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { analysisHref } from '../../incident-paths';
import { t } from '../../translations';
import { VerdictMark } from '../../ui/evidence/VerdictMark';
import { Moment } from '../../ui/Moment';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';
import type { CasePartProps } from './case-part';

export function AttachedAnalyses({ investigation, timeZone }: CasePartProps) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const { analyses } = investigation;
  return (
    <Section title={t('investigations.analyses.title', 'Analyses')}>
      {analyses.length === 0 && (
        <p className={styles.note}>
          {t('investigations.analyses.none', 'None yet. "Find root cause" begins one that is kept here.')}
        </p>
      )}
      <ul className={styles.list}>
        {analyses.map(({ id, verdict, status, suspect, subjectText, createdAt }) => (
          <li key={id} className={styles.entry}>
            {verdict === null ? <span>{status}</span> : <VerdictMark verdict={verdict} />}
            <a href={analysisHref(id)} className={styles.link}>
              {suspect === null ? subjectText : `${suspect}: ${subjectText}`}
            </a>
            <span className={styles.time}>
              <Moment at={createdAt} timeZone={timeZone} nowMs={nowMs} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: 0, color: theme.colors.text.secondary }),
    list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(0.75) }),
    entry: css({ ...small, display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: theme.spacing(0, 1.5) }),
    link: css({ color: theme.colors.text.link, overflowWrap: 'anywhere', '&:hover': { textDecoration: 'underline' } }),
    time: css({ marginInlineStart: 'auto' }),
  };
}
