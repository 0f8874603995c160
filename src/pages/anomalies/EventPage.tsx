// One anomaly event: the series with its usual range, the figures in plain words, and what speaks for it.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneAppPage, type SceneObject } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import type { GetAnomalyEventResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useRefresh, useRequest } from '../../api/use-request';
import { incidentTestIds } from '../../incident-test-ids';
import { ExploreLink } from '../../scenes/ExploreLink';
import { usePageTitle } from '../../scenes/use-page-title';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { CoverageLine } from '../../ui/CoverageLine';
import { PageBody } from '../../ui/PageBody';
import { Section } from '../../ui/Section';
import { sideColumns } from '../../ui/side-columns';
import { ContributingClusters } from './ContributingClusters';
import { EventFeedback } from './EventFeedback';
import { EventGraph } from './EventGraph';
import { EventHeader } from './EventHeader';
import { EventLabels } from './EventLabels';
import { EventLines } from './EventLines';
import { seriesRange } from './series-points';

const refreshMs = 20_000;

interface EventPageProps {
  readonly eventId: string;
  readonly page: () => SceneAppPage;
  readonly model: SceneObject;
}

export function EventPage({ eventId, page, model }: EventPageProps) {
  const request = useRequest<GetAnomalyEventResponse>(eventId, (signal) =>
    serverClient().getAnomalyEvent({ id: eventId }, signal)
  );
  const { answer } = request;
  useRefresh(request.reload, answer?.event.state === 'open' ? refreshMs : undefined);
  usePageTitle(page, answer?.event.title);
  return (
    <PageBody
      request={request}
      testId={incidentTestIds.anomalies.event}
      loadingLabel={t('anomalies.event.loading', 'Loading event')}
    >
      {(loaded) => <LoadedEvent answer={loaded} model={model} onChanged={request.reload} />}
    </PageBody>
  );
}

interface LoadedEventProps {
  readonly answer: GetAnomalyEventResponse;
  readonly model: SceneObject;
  readonly onChanged: () => void;
}

function LoadedEvent({ answer, model, onChanged }: LoadedEventProps) {
  const styles = useStyles2(getStyles);
  const { event, series, deploys, query, reasons } = answer;
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const { fromMs, toMs } = seriesRange(series);
  const ways = query.expression !== '' && (
    <>
      <CopyButton label={t('anomalies.event.copy-logql', 'Copy LogQL')} hasWords text={query.expression} />
      <ExploreLink query={query} model={model} />
    </>
  );
  return (
    <>
      <EventHeader event={event} timeZone={timeZone} />
      <div className={styles.columns}>
        <div className={styles.main}>
          {event.metric !== 'alert' && (
            <Section title={t('anomalies.event.series', 'The series and its usual range')} actions={ways}>
              <EventGraph
                series={series}
                service={event.service}
                events={[event]}
                deploys={deploys}
                timeZone={timeZone}
              />
              <CoverageLine range={{ from: String(fromMs), to: String(toMs) }} timeZone={timeZone} />
            </Section>
          )}
          <ContributingClusters clusters={answer.clusters} event={event} />
          <EventLines lines={answer.lines} timeZone={timeZone} />
        </div>
        <aside className={styles.side}>
          <Section title={t('anomalies.event.reasons', 'Why this is an anomaly')}>
            <ul className={styles.reasons}>
              {reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </Section>
          <EventFeedback answer={answer} timeZone={timeZone} onChanged={onChanged} />
          <EventLabels labels={answer.labels} />
        </aside>
      </div>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    ...sideColumns(theme),
    reasons: css({
      margin: 0,
      paddingInlineStart: theme.spacing(2),
      fontSize: theme.typography.bodySmall.fontSize,
      '& li + li': { marginTop: theme.spacing(0.75) },
    }),
  };
}
