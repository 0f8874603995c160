import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Badge, LinkButton, useStyles2, useTheme2 } from '@grafana/ui';
import type { AnomalyEvent } from '@loghunter/contracts';
import React, { type ReactNode } from 'react';
import { incidentHref, rootCauseHref } from '../../incident-paths';
import { clusterHref } from '../../plugin-paths';
import { t } from '../../translations';
import { durationText } from '../../ui/duration';
import { SeverityMark } from '../../ui/incident/SeverityMark';
import { severityColor } from '../../ui/incident/severity-style';
import { useNowMs } from '../../ui/use-now';
import { chanceWords, countText, eventDeviation, kindHint, kindWord, metricWords } from './anomaly-words';
import { coveredRange } from './covered-range';

interface EventHeaderProps {
  readonly event: AnomalyEvent;
  readonly timeZone: string;
}

export function EventHeader({ event, timeZone }: EventHeaderProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <header className={styles.header} style={{ borderLeftColor: severityColor(event.severity, theme) }}>
      <div className={styles.top}>
        <SeverityMark severity={event.severity} />
        <Badge color="blue" text={kindWord(event.kind)} tooltip={kindHint(event.kind)} />
        <strong className={styles.deviation}>{eventDeviation(event)}</strong>
        <EventWays event={event} />
      </div>
      <EventFigures event={event} timeZone={timeZone} />
    </header>
  );
}

function EventWays({ event }: { event: AnomalyEvent }) {
  const styles = useStyles2(getStyles);
  const { clusterId, incidentId, service } = event;
  // What an event is about may be long over: the ways on lead to its own time.
  const range = coveredRange(event, useNowMs());
  const start = incidentId === null ? { service, ...range } : { incident: incidentId };
  return (
    <div className={styles.ways}>
      {clusterId !== null && (
        <LinkButton
          size="sm"
          variant="secondary"
          icon="layer-group"
          href={clusterHref(clusterId, `?${new URLSearchParams(range).toString()}`)}
        >
          {t('anomalies.event.cluster', 'Open cluster')}
        </LinkButton>
      )}
      {incidentId !== null && (
        <LinkButton size="sm" variant="secondary" icon="bell" href={incidentHref(incidentId)}>
          {t('anomalies.event.incident', 'Open incident')}
        </LinkButton>
      )}
      <LinkButton size="sm" icon="search" href={rootCauseHref(start)}>
        {t('anomalies.incident.root-cause', 'Find root cause')}
      </LinkButton>
    </div>
  );
}

function EventFigures({ event, timeZone }: EventHeaderProps) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const { baseline, endedAt, evidence, metric, observed, service, startedAt } = event;
  const time = (at: string) => dateTimeFormat(at, { timeZone, format: 'YYYY-MM-DD HH:mm' });
  const lasted = durationText((endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(startedAt));
  return (
    <dl className={styles.figures}>
      <Figure name={t('anomalies.event.service', 'Service')}>{service}</Figure>
      <Figure name={t('anomalies.event.counted', 'Counted')}>{metricWords(metric)}</Figure>
      {metric !== 'alert' && (
        <>
          <Figure name={t('anomalies.event.observed', 'Observed')}>{countText(observed)}</Figure>
          <Figure name={t('anomalies.event.expected', 'Expected')}>{countText(baseline)}</Figure>
          <Figure name={t('anomalies.event.evidence', 'Evidence')}>{chanceWords(evidence)}</Figure>
        </>
      )}
      <Figure name={t('anomalies.event.time', 'Time')}>
        {time(startedAt)}{' '}
        {endedAt === null
          ? t('anomalies.event.still-open', '(open for {{lasted}})', { lasted })
          : t('anomalies.event.lasted', '(lasted {{lasted}})', { lasted })}
      </Figure>
      <Figure name={t('anomalies.event.detected', 'Detected')}>
        {t('anomalies.event.detected-after', '{{delay}} after it began', {
          delay: durationText(Date.parse(event.detectedAt) - Date.parse(startedAt)),
        })}
      </Figure>
    </dl>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    header: css({
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.colors.border.weak}`,
      borderLeft: '4px solid',
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
    }),
    top: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    deviation: css({ fontSize: theme.typography.h5.fontSize }),
    ways: css({ marginInlineStart: 'auto', display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
    figures: css({
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))',
      gap: theme.spacing(1, 2),
      margin: theme.spacing(1.5, 0, 0),
      fontSize: theme.typography.bodySmall.fontSize,
      '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
      '& dd': { margin: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
    }),
  };
}
