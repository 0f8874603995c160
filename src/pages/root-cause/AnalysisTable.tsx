import { css } from '@emotion/css';
import { EmptyState, useStyles2 } from '@grafana/ui';
import type { AnalysisSummary } from '@loghunter/contracts';
import React from 'react';
import { analysisHref } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { VerdictMark } from '../../ui/evidence/VerdictMark';
import { statusWords } from '../../ui/job-status-words';
import { Moment } from '../../ui/Moment';
import { percent } from '../../ui/number-format';
import { getPlainTableStyles } from '../../ui/plain-table-style';
import { useNowMs } from '../../ui/use-now';

interface AnalysisTableProps {
  readonly analyses: readonly AnalysisSummary[];
  readonly totalCount: number;
  readonly timeZone: string;
}

export function AnalysisTable({ analyses, totalCount, timeZone }: AnalysisTableProps) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  const hiddenCount = totalCount - analyses.length;
  if (analyses.length === 0) {
    return (
      <div data-testid={testIds.empty}>
        <EmptyState
          variant="call-to-action"
          message={t('rootCause.list.none', 'Nothing has been analysed yet')}
          hideImage
        >
          {t(
            'rootCause.list.none-hint',
            'Name a service above, or come here from an incident or a cluster. It works without any language model.'
          )}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={t('rootCause.list.label', 'Analyses')}>
        <thead>
          <tr>
            <th scope="col" className={own.verdict}>
              {t('rootCause.list.verdict', 'Verdict')}
            </th>
            <th scope="col" className={own.suspect}>
              {t('rootCause.list.suspect', 'Suspect')}
            </th>
            <th scope="col">{t('rootCause.list.subject', 'What was analysed')}</th>
            <th scope="col" className={own.by}>
              {t('rootCause.list.by', 'By')}
            </th>
            <th scope="col" className={own.when}>
              {t('rootCause.list.when', 'When')}
            </th>
          </tr>
        </thead>
        <tbody>
          {analyses.map((analysis) => (
            <AnalysisRow key={analysis.id} analysis={analysis} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
      {hiddenCount > 0 && (
        <p className={own.rest}>
          {t(
            'rootCause.list.rest',
            '{{count, number}} older analyses are not shown; find them from their incident or investigation.',
            {
              count: hiddenCount,
              defaultValue_one:
                '{{count, number}} older analysis is not shown; find it from its incident or investigation.',
            }
          )}
        </p>
      )}
    </div>
  );
}

export function AnalysisRow({ analysis, timeZone }: { analysis: AnalysisSummary; timeZone: string }) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  const nowMs = useNowMs();
  const { id, verdict, confidence, status, suspect, subjectText, createdBy, createdAt } = analysis;
  return (
    <tr className={styles.row} data-testid={incidentTestIds.rootCause.row}>
      <td className={own.verdict}>
        {verdict === null ? (
          statusWords(status)
        ) : (
          <>
            <VerdictMark verdict={verdict} />
            {confidence !== null && <span className={styles.secondary}> {percent(confidence)}</span>}
          </>
        )}
      </td>
      <td className={own.suspect}>{suspect ?? (verdict === null ? '' : t('rootCause.list.nobody', 'nobody'))}</td>
      <td>
        <a href={analysisHref(id)} className={styles.link}>
          {subjectText}
        </a>
      </td>
      <td className={own.by}>{createdBy}</td>
      <td className={own.when}>
        <Moment at={createdAt} timeZone={timeZone} nowMs={nowMs} />
      </td>
    </tr>
  );
}

function getStyles() {
  return {
    verdict: css({ width: 186 }),
    suspect: css({ width: 150 }),
    by: css({ width: 120, '@container (max-width: 820px)': { display: 'none' } }),
    when: css({ width: 92 }),
    rest: css({ margin: 0, padding: 12 }),
  };
}
