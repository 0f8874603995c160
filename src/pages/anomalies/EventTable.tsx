import { css } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { AnomalyEvent } from '@loghunter/contracts';
import React from 'react';
import { anomalyEventHref } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { durationText } from '../../ui/duration';
import { SeverityMark } from '../../ui/incident/SeverityMark';
import { severityColor } from '../../ui/incident/severity-style';
import { Moment } from '../../ui/Moment';
import { getPlainTableStyles } from '../../ui/plain-table-style';
import { useNowMs } from '../../ui/use-now';
import { eventDeviation, kindHint, kindWord } from './anomaly-words';

/** An event as it is found, or as a rehearsal would have found it: that one has no page. */
export type ListedEvent = Omit<AnomalyEvent, 'id' | 'incidentId'> & { readonly id?: string };

interface EventTableProps {
  readonly events: readonly ListedEvent[];
  readonly timeZone: string;
}

export function EventTable({ events, timeZone }: EventTableProps) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  return (
    <div className={styles.frame} style={{ border: 0 }}>
      <table className={styles.table} aria-label={t('anomalies.events.label', 'Anomaly events')}>
        <thead>
          <tr>
            <th scope="col" className={own.severity}>
              {t('anomalies.list.severity', 'Severity')}
            </th>
            <th scope="col">{t('anomalies.list.what', 'What happened')}</th>
            <th scope="col" className={own.deviation}>
              {t('anomalies.events.deviation', 'Against usual')}
            </th>
            <th scope="col" className={own.started}>
              {t('anomalies.list.started', 'Started')}
            </th>
            <th scope="col" className={own.lasted}>
              {t('anomalies.list.lasted', 'Lasted')}
            </th>
          </tr>
        </thead>
        <tbody>
          {events.map((event, index) => (
            <EventRow key={event.id ?? index} event={event} timeZone={timeZone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EventRow({ event, timeZone }: { event: ListedEvent; timeZone: string }) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  const theme = useTheme2();
  const nowMs = useNowMs();
  const { id, endedAt, kind, service, severity, startedAt, title } = event;
  const lastedMs = (endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(startedAt);
  return (
    <tr className={styles.row} data-testid={incidentTestIds.anomalies.eventRow}>
      <td className={own.severity} style={{ boxShadow: `inset 3px 0 ${severityColor(severity, theme)}` }}>
        <SeverityMark severity={severity} />
      </td>
      <td>
        {id === undefined ? (
          title
        ) : (
          <a href={anomalyEventHref(id)} className={styles.link}>
            {title}
          </a>
        )}
        <div className={styles.secondary}>
          <span title={kindHint(kind)}>{kindWord(kind)}</span> · {service}
        </div>
      </td>
      <td className={own.deviation}>{eventDeviation(event)}</td>
      <td className={own.started}>
        <Moment at={startedAt} timeZone={timeZone} nowMs={nowMs} />
      </td>
      <td className={own.lasted}>
        {durationText(lastedMs)}
        {endedAt === null && <div className={styles.secondary}>{t('anomalies.events.open', 'still open')}</div>}
      </td>
    </tr>
  );
}

function getStyles() {
  return {
    severity: css({ width: 92 }),
    deviation: css({ width: 156 }),
    started: css({ width: 92 }),
    lasted: css({ width: 92 }),
  };
}
