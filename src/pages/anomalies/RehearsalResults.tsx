import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { EmptyState, useStyles2, useTheme2 } from '@grafana/ui';
import type { RehearsalResult } from '@loghunter/contracts';
import React from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { SeverityMark } from '../../ui/incident/SeverityMark';
import { severities, severityColor, severityWord } from '../../ui/incident/severity-style';
import { countOf } from '../../ui/number-format';
import { Section } from '../../ui/Section';
import { EventTable } from './EventTable';

/** A job's result has no type on the wire; another kind's job in the address is no rehearsal. */
export function isRehearsalResult(result: unknown): result is RehearsalResult {
  return (
    typeof result === 'object' &&
    result !== null &&
    'days' in result &&
    Array.isArray(result.days) &&
    'events' in result &&
    Array.isArray(result.events)
  );
}

interface RehearsalResultsProps {
  readonly result: RehearsalResult;
  readonly timeZone: string;
}

export function RehearsalResults({ result, timeZone }: RehearsalResultsProps) {
  const styles = useStyles2(getStyles);
  const { from, to, days, events, eventCount, seriesCount, learnedFrom } = result;
  const incidentCount = days.reduce((sum, day) => sum + day.incidentCount, 0);
  const hiddenCount = eventCount - events.length;
  return (
    <div className={styles.result} data-testid={incidentTestIds.anomalies.rehearsalResult}>
      <Section title={t('anomalies.rehearsal.per-day', 'What would have been told, per day')}>
        <p className={styles.note}>
          {t('anomalies.rehearsal.total', '{{incidents}} of {{events}} in {{days}}, over {{series}}.', {
            incidents: countOf(incidentCount, 'incident'),
            events: countOf(eventCount, 'event'),
            days: countOf(days.length, 'day'),
            series: countOf(seriesCount, 'series'),
          })}{' '}
          {learnedFrom === null
            ? t('anomalies.rehearsal.not-learned', 'Nothing older was there to learn from: the first days say little.')
            : t('anomalies.rehearsal.learned', 'Learned from {{time}} on.', {
                time: dateTimeFormat(learnedFrom, { timeZone, format: 'YYYY-MM-DD HH:mm' }),
              })}
        </p>
        <CoverageLine range={{ from, to }} timeZone={timeZone} />
        <DayBars days={days} />
      </Section>
      <Section title={t('anomalies.rehearsal.events', 'The events')} isFlush>
        {events.length === 0 ? (
          <EmptyState
            variant="completed"
            message={t('anomalies.rehearsal.quiet', 'Nobody would have been told anything')}
          />
        ) : (
          <EventTable events={events} timeZone={timeZone} />
        )}
        {hiddenCount > 0 && (
          <p className={styles.padded}>
            {t('anomalies.rehearsal.hidden', 'The first {{shown}} are shown; {{count, number}} more events are not.', {
              shown: events.length,
              count: hiddenCount,
              defaultValue_one: 'The first {{shown}} are shown; {{count, number}} more event is not.',
            })}
          </p>
        )}
      </Section>
    </div>
  );
}

function DayBars({ days }: { days: RehearsalResult['days'] }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const total = (day: RehearsalResult['days'][number]) =>
    severities.reduce((sum, severity) => sum + day.counts[severity], 0);
  const highest = Math.max(1, ...days.map(total));
  return (
    <>
      <ul className={styles.days}>
        {days.map((day) => (
          <li key={day.day} className={styles.day}>
            <span className={styles.date}>{day.day}</span>
            <span
              className={styles.track}
              role="img"
              aria-label={severities.map((severity) => `${day.counts[severity]} ${severityWord(severity)}`).join(', ')}
            >
              {[...severities].reverse().map((severity) => (
                <span
                  key={severity}
                  style={{
                    width: `${(day.counts[severity] / highest) * 100}%`,
                    background: severityColor(severity, theme),
                  }}
                />
              ))}
            </span>
            <span className={styles.count}>{countOf(total(day), 'event')}</span>
          </li>
        ))}
      </ul>
      <div className={styles.legend}>
        {[...severities].reverse().map((severity) => (
          <SeverityMark key={severity} severity={severity} />
        ))}
      </div>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    result: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), containerType: 'inline-size' }),
    note: css({ ...small, margin: theme.spacing(0, 0, 1), color: theme.colors.text.secondary }),
    padded: css({ ...small, margin: 0, padding: theme.spacing(1, 1.5), color: theme.colors.text.secondary }),
    days: css({ ...small, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
    day: css({
      display: 'grid',
      gridTemplateColumns: '92px minmax(0, 1fr) 80px',
      alignItems: 'center',
      gap: theme.spacing(1),
    }),
    date: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
    track: css({
      display: 'flex',
      height: 12,
      background: theme.colors.background.secondary,
      borderRadius: theme.shape.radius.default,
      overflow: 'hidden',
    }),
    count: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
    legend: css({
      ...small,
      display: 'flex',
      gap: theme.spacing(2),
      marginTop: theme.spacing(1),
      color: theme.colors.text.secondary,
    }),
  };
}
