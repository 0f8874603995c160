import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ListIncidentsResponse } from '@loghunter/contracts';
import React from 'react';
import { incidentHref } from '../../incident-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { SeverityMark } from '../../ui/incident/SeverityMark';
import { Moment } from '../../ui/Moment';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';

interface NewestIncidentsProps {
  readonly incidents: ListIncidentsResponse | undefined;
  readonly timeZone: string;
}

/** The incidents that began last. */
export function NewestIncidents({ incidents, timeZone }: NewestIncidentsProps) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  return (
    <Section title={t('overview.incidents.title', 'Newest incidents')} testId={testIds.overview.incidents} isFlush>
      {incidents === undefined && (
        <p className={styles.none}>{t('overview.incidents.unknown', 'Incidents could not be asked for.')}</p>
      )}
      {incidents?.incidents.length === 0 && (
        <p className={styles.none}>
          {t('overview.incidents.none', 'None in this time range.')} {incidents.detection.detail}
        </p>
      )}
      <ul className={styles.rows}>
        {incidents?.incidents.map(({ id, title, severity, state, startedAt }) => (
          <li key={id} className={styles.row}>
            <div className={styles.meta}>
              <SeverityMark severity={severity} />
              <span>
                {state === 'open'
                  ? t('overview.incidents.open', 'open, began')
                  : t('overview.incidents.closed', 'over, began')}{' '}
                <Moment at={startedAt} timeZone={timeZone} nowMs={nowMs} />
              </span>
            </div>
            <a href={incidentHref(id)}>{title}</a>
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
    none: css({ margin: 0, padding: theme.spacing(0, 1.5, 1.5), color: theme.colors.text.secondary }),
  };
}
