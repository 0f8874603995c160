// One incident: what happened where, how far from usual, and the ways on.
import type { SceneAppPage } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import type { GetIncidentResponse } from '@loghunter/contracts';
import React from 'react';
import { useLive } from '../../api/live';
import { serverClient } from '../../api/server-client';
import { useRefresh, useRequest } from '../../api/use-request';
import { incidentTestIds } from '../../incident-test-ids';
import { usePageTitle } from '../../scenes/use-page-title';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { PageBody } from '../../ui/PageBody';
import { Section } from '../../ui/Section';
import { sideColumns } from '../../ui/side-columns';
import { useNowMs } from '../../ui/use-now';
import { coveredRange } from './covered-range';
import { DeployList } from './DeployList';
import { EventTable } from './EventTable';
import { IncidentHeader } from './IncidentHeader';
import { IncidentHistory } from './IncidentHistory';
import { IncidentLinks } from './IncidentLinks';
import { ServiceSeries } from './ServiceSeries';

/** Opening, raising, closing and acknowledging are pushed; the figures of an open incident grow without that. */
const refreshMs = 60_000;

interface IncidentPageProps {
  readonly incidentId: string;
  readonly page: () => SceneAppPage;
  readonly timeZone: string;
}

export function IncidentPage({ incidentId, page, timeZone }: IncidentPageProps) {
  const request = useRequest<GetIncidentResponse>(incidentId, (signal) =>
    serverClient().getIncident({ id: incidentId }, signal)
  );
  const { answer } = request;
  const isOpen = answer?.incident.state === 'open';
  useLive(({ topic, ids }) => {
    if (topic === 'gap' || (topic === 'incident' && ids.includes(incidentId))) {
      request.reload();
    }
  });
  useRefresh(request.reload, isOpen ? refreshMs : undefined);
  usePageTitle(page, answer?.incident.title);
  return (
    <PageBody
      request={request}
      testId={incidentTestIds.anomalies.incident}
      loadingLabel={t('anomalies.incident.loading', 'Loading incident')}
    >
      {(loaded) => <LoadedIncident answer={loaded} timeZone={timeZone} onChanged={request.reload} />}
    </PageBody>
  );
}

/** Graphs of more services than these would push the events below what anybody scrolls to. */
const graphCount = 3;

function LoadedIncident({
  answer,
  timeZone,
  onChanged,
}: {
  answer: GetIncidentResponse;
  timeZone: string;
  onChanged: () => void;
}) {
  const styles = useStyles2(sideColumns);
  const { incident, deploys } = answer;
  const nowMs = useNowMs();
  const events = answer.events.filter(({ state }) => state !== 'withdrawn');
  const withdrawn = answer.events.filter(({ state }) => state === 'withdrawn');
  return (
    <>
      <IncidentHeader incident={incident} timeZone={timeZone} onChanged={onChanged} />
      <CoverageLine range={coveredRange(incident, nowMs)} timeZone={timeZone} />
      <div className={styles.columns}>
        <div className={styles.main}>
          {events.length > 0 && (
            <Section title={t('anomalies.incident.events', 'What was found')} isFlush>
              <EventTable events={events} timeZone={timeZone} />
            </Section>
          )}
          {withdrawn.length > 0 && (
            <Section
              title={t('anomalies.incident.withdrawn', 'Taken back: with the lines that came later, nothing was wrong')}
              isFlush
            >
              <EventTable events={withdrawn} timeZone={timeZone} />
            </Section>
          )}
          {graphedServices(answer).map(({ service, namespace }) => (
            <ServiceSeries
              key={`${namespace} ${service}`}
              service={service}
              namespace={namespace}
              incident={incident}
              timeZone={timeZone}
            />
          ))}
        </div>
        <aside className={styles.side}>
          <IncidentLinks incident={incident} />
          <IncidentHistory history={answer.history} timeZone={timeZone} />
          <DeployList
            title={t('anomalies.incident.deploys', 'Deploys around it')}
            deploys={deploys}
            timeZone={timeZone}
            services={incident.services}
            onChanged={onChanged}
          />
        </aside>
      </div>
    </>
  );
}

function graphedServices({ incident, events }: GetIncidentResponse) {
  return incident.services
    .map((service) => ({ service, namespace: events.find((event) => event.service === service)?.namespace ?? '' }))
    .slice(0, graphCount);
}
