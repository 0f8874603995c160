import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { GetServiceSeriesResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';
import { EventGraph } from './EventGraph';
import type { Incident } from './incident-settings';

interface ServiceSeriesProps {
  readonly service: string;
  readonly namespace: string;
  readonly incident: Incident;
  readonly timeZone: string;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Enough before to see what was usual, enough after to see that it came back. */
const beforeMs = 3 * hourMs;
const afterMs = hourMs;

/** One service's lines and errors around an incident. */
export function ServiceSeries({ service, namespace, incident, timeZone }: ServiceSeriesProps) {
  const styles = useStyles2(getStyles);
  const [metric, setMetric] = useState<'volume' | 'errors'>(incident.kinds.includes('errors') ? 'errors' : 'volume');
  const { startedAt, endedAt, state } = incident;
  // Counts are by the minute: with each the graph goes on, until enough of what came after is in it.
  const nowMinuteMs = Math.floor(useNowMs() / minuteMs) * minuteMs;
  const toMs = endedAt === null ? nowMinuteMs : Math.min(nowMinuteMs, Date.parse(endedAt) + afterMs);
  const key = [service, namespace, startedAt, toMs, state].join(' ');
  const { answer, error, reload } = useRequest<GetServiceSeriesResponse>(key, (signal) => {
    const fromMs = Date.parse(startedAt) - beforeMs;
    return serverClient().getServiceSeries(
      { service, ...(namespace === '' ? {} : { namespace }), from: String(fromMs), to: String(toMs) },
      signal
    );
  });
  return (
    <Section
      title={service}
      actions={
        <RadioButtonGroup
          size="sm"
          aria-label={t('anomalies.series.metric', 'What is drawn of {{service}}', { service })}
          options={[
            { label: t('anomalies.series.volume', 'Lines'), value: 'volume' as const },
            { label: t('anomalies.series.errors', 'Errors'), value: 'errors' as const },
          ]}
          value={metric}
          onChange={setMetric}
        />
      }
    >
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer === undefined && !error && (
        <div className={styles.waiting} role="status">
          {t('anomalies.series.loading', 'Loading the series …')}
        </div>
      )}
      {answer && (
        <EventGraph
          series={answer[metric]}
          service={service}
          events={answer.events.filter((event) => event.metric === metric || event.metric === 'cluster')}
          deploys={answer.deploys}
          timeZone={timeZone}
          heightPx={180}
        />
      )}
      {answer?.baseline === null && (
        <p className={styles.note}>
          {t(
            'anomalies.series.no-baseline',
            'Nothing has been learned of this service yet, so there is no usual range to compare with.'
          )}
        </p>
      )}
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    waiting: css({ height: 204, color: theme.colors.text.secondary }),
    note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
