import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ExplanationCitation } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { VerificationMark } from '../../ui/evidence/VerificationMark';
import { EvidenceLinks } from './EvidenceLinks';

/** Whether the log store had the quoted lines when they were explained: the good ones as a number, each other one by itself. */
export function ExplanationCitations({ citations }: { citations: readonly ExplanationCitation[] }) {
  const styles = useStyles2(getStyles);
  if (citations.length === 0) {
    return null;
  }
  const doubtful = citations.filter(({ state }) => state !== 'verified');
  const verifiedCount = citations.length - doubtful.length;
  return (
    <div className={styles.box}>
      <span>
        {t(
          'explanation.citations',
          '{{count, number}} quoted lines were read again from the log store before this was written: {{verified}} verified.',
          {
            count: citations.length,
            verified: verifiedCount,
            defaultValue_one:
              '{{count, number}} quoted line was read again from the log store before this was written: {{verified}} verified.',
          }
        )}
      </span>
      {doubtful.map((citation) => (
        <span key={citation.lineId} className={styles.one}>
          <EvidenceLinks ids={[citation.lineId]} />
          <VerificationMark verification={citation} isLoading={false} />
        </span>
      ))}
      {doubtful.some(({ state }) => state === 'refuted') && (
        <span>{t('explanation.refuted', 'What is refuted was left out of the explanation.')}</span>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    box: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    one: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  };
}
