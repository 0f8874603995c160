import { css } from '@emotion/css';
import { dateTimeFormat } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { InvestigationSummary } from '@loghunter/contracts';
import React from 'react';
import { investigationHref } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { Moment } from '../../ui/Moment';
import { getPlainTableStyles } from '../../ui/plain-table-style';
import { useNowMs } from '../../ui/use-now';
import { StateMark } from './StateMark';

interface InvestigationTableProps {
  readonly investigations: readonly InvestigationSummary[];
  readonly timeZone: string;
}

export function InvestigationTable({ investigations, timeZone }: InvestigationTableProps) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={t('investigations.list.label', 'Investigations')}>
        <thead>
          <tr>
            <th scope="col" className={own.state}>
              {t('investigations.list.state', 'State')}
            </th>
            <th scope="col">{t('investigations.list.title', 'Title')}</th>
            <th scope="col" className={own.suspect}>
              {t('investigations.list.suspect', 'Suspect')}
            </th>
            <th scope="col" className={own.range}>
              {t('investigations.list.range', 'About')}
            </th>
            <th scope="col" className={own.by}>
              {t('investigations.list.by', 'By')}
            </th>
            <th scope="col" className={own.changed}>
              {t('investigations.list.changed', 'Changed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {investigations.map((investigation) => (
            <InvestigationRow key={investigation.id} investigation={investigation} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function InvestigationRow({ investigation, timeZone }: { investigation: InvestigationSummary; timeZone: string }) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  const nowMs = useNowMs();
  const { id, title, state, services, suspect, range, createdBy, updatedAt } = investigation;
  return (
    <tr className={styles.row} data-testid={incidentTestIds.investigations.row}>
      <td className={own.state}>
        <StateMark state={state} />
      </td>
      <td>
        <a href={investigationHref(id)} className={styles.link}>
          {title}
        </a>
        {services.length > 0 && <div className={styles.secondary}>{services.join(', ')}</div>}
      </td>
      <td className={own.suspect}>{suspect}</td>
      <td className={own.range}>{dateTimeFormat(range.from, { timeZone, format: 'YYYY-MM-DD HH:mm' })}</td>
      <td className={own.by}>{createdBy}</td>
      <td className={own.changed}>
        <Moment at={updatedAt} timeZone={timeZone} nowMs={nowMs} />
      </td>
    </tr>
  );
}

const narrow = '@container (max-width: 820px)';

function getStyles() {
  return {
    state: css({ width: 100 }),
    suspect: css({ width: 140 }),
    range: css({ width: 140, [narrow]: { display: 'none' } }),
    by: css({ width: 120, [narrow]: { display: 'none' } }),
    changed: css({ width: 92 }),
  };
}
