import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ListSimilarInvestigationsResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { investigationHref } from '../../incident-paths';
import { t } from '../../translations';
import { percent } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { StateMark } from './StateMark';

/** Seen before? Past cases about the same clusters, and what helped. */
export function SimilarCases({ investigationId }: { investigationId: string }) {
  const styles = useStyles2(getStyles);
  const { answer, error, reload } = useRequest<ListSimilarInvestigationsResponse>(investigationId, (signal) =>
    serverClient().listSimilarInvestigations({ id: investigationId }, signal)
  );
  return (
    <Section title={t('investigations.similar.title', 'Seen before?')}>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer?.similar.length === 0 && (
        <p className={styles.note}>{t('investigations.similar.none', 'No past case is about the same clusters.')}</p>
      )}
      <ul className={styles.list}>
        {answer?.similar.map(({ investigation, similarity, text }) => (
          <li key={investigation.id}>
            <div className={styles.head}>
              <a className={styles.link} href={investigationHref(investigation.id)}>
                {investigation.title}
              </a>
              <StateMark state={investigation.state} />
            </div>
            <div className={styles.note}>
              {t('investigations.similar.share', '{{share}} the same clusters.', { share: percent(similarity) })} {text}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: 0, color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
    list: css({ ...small, listStyle: 'none', '& li + li': { marginTop: theme.spacing(1) } }),
    head: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.5, 1) }),
    link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  };
}
