// The app's pages about anomalies: tabs for incidents, what is held back, deploys and rehearsals; a page for each incident and event.
import { EmbeddedScene, SceneAppPage, sceneGraph, type SceneAppPageLike } from '@grafana/scenes';
import React from 'react';
import {
  anomaliesPath,
  anomalyEventsPath,
  deploysPath,
  incidentsPath,
  rehearsalPath,
  suppressionsPath,
} from '../../incident-paths';
import { factScene, logScene, rangeUrlKeys } from '../../scenes/log-scene';
import { PlainPage } from '../../scenes/PlainPage';
import { StreamVariable } from '../../scenes/stream-variable';
import { UrlPage } from '../../scenes/UrlPage';
import { t } from '../../translations';
import { lazyView } from '../../ui/LazyView';
import { incidentSettingsFromUrl, incidentSettingsToUrl, incidentUrlKeys } from './incident-settings';
import { rehearsalSettingsFromUrl, rehearsalSettingsToUrl, rehearsalUrlKeys } from './rehearsal-settings';

const IncidentsPage = lazyView(async () => (await import('./IncidentsPage')).IncidentsPage);
const IncidentPage = lazyView(async () => (await import('./IncidentPage')).IncidentPage);
const EventPage = lazyView(async () => (await import('./EventPage')).EventPage);
const SuppressionsPage = lazyView(async () => (await import('./SuppressionsPage')).SuppressionsPage);
const DeploysPage = lazyView(async () => (await import('./DeploysPage')).DeploysPage);
const RehearsalPage = lazyView(async () => (await import('./RehearsalPage')).RehearsalPage);

const listUrlKeys = [...rangeUrlKeys, 'var-service', ...incidentUrlKeys];

/** A day: who comes in the morning wants to see the night. */
const defaultFrom = 'now-24h';

/** Incidents and what belongs to them. */
export function anomaliesPage(): SceneAppPage {
  return new SceneAppPage({
    title: t('anomalies.page.title', 'Anomalies'),
    subTitle: t('anomalies.page.subtitle', 'What is not as usual, how far from usual, and why'),
    url: anomaliesPath,
    routePath: 'anomalies/*',
    preserveUrlKeys: listUrlKeys,
    tabs: [incidentsTab(), suppressionsTab(), deploysTab(), rehearsalTab()],
    drilldowns: [
      {
        routePath: 'incidents/:incidentId/*',
        getPage: (match, parent) => incidentPage(decodeURIComponent(match.params.incidentId), parent),
      },
      {
        routePath: 'events/:eventId/*',
        getPage: (match, parent) => eventPage(decodeURIComponent(match.params.eventId), parent),
      },
    ],
  });
}

function incidentsTab(): SceneAppPage {
  return new SceneAppPage({
    title: t('anomalies.tab.incidents', 'Incidents'),
    url: incidentsPath,
    routePath: 'incidents',
    preserveUrlKeys: listUrlKeys,
    getScene: () =>
      logScene(
        [new StreamVariable('service', t('anomalies.list.service', 'Service'))],
        new UrlPage({
          urlKeys: incidentUrlKeys,
          toUrl: incidentSettingsToUrl,
          fromUrl: incidentSettingsFromUrl,
          view: IncidentsPage,
        }),
        defaultFrom
      ),
  });
}

function suppressionsTab(): SceneAppPage {
  return new SceneAppPage({
    title: t('anomalies.tab.suppressions', 'Held back'),
    url: suppressionsPath,
    routePath: 'suppressions',
    preserveUrlKeys: rangeUrlKeys,
    getScene: () =>
      new EmbeddedScene({
        body: new PlainPage((model) => <SuppressionsPage timeZone={sceneGraph.getTimeRange(model).getTimeZone()} />),
      }),
  });
}

function deploysTab(): SceneAppPage {
  return new SceneAppPage({
    title: t('anomalies.tab.deploys', 'Deploys'),
    url: deploysPath,
    routePath: 'deploys',
    preserveUrlKeys: rangeUrlKeys,
    getScene: () => logScene([], new PlainPage((model) => <DeploysPage model={model} />), 'now-7d'),
  });
}

function rehearsalTab(): SceneAppPage {
  return new SceneAppPage({
    title: t('anomalies.tab.rehearsal', 'Rehearsal'),
    url: rehearsalPath,
    routePath: 'rehearsal',
    preserveUrlKeys: [...rangeUrlKeys, ...rehearsalUrlKeys],
    getScene: () =>
      new EmbeddedScene({
        body: new UrlPage({
          urlKeys: rehearsalUrlKeys,
          toUrl: rehearsalSettingsToUrl,
          fromUrl: rehearsalSettingsFromUrl,
          view: RehearsalPage,
        }),
      }),
  });
}

function incidentPage(incidentId: string, parent: SceneAppPageLike): SceneAppPage {
  const page: SceneAppPage = new SceneAppPage({
    title: t('anomalies.incident.title', 'Incident'),
    url: `${incidentsPath}/${encodeURIComponent(incidentId)}`,
    routePath: '*',
    preserveUrlKeys: listUrlKeys,
    getParentPage: () => parent,
    getScene: () =>
      new EmbeddedScene({
        body: new PlainPage((model) => (
          <IncidentPage
            incidentId={incidentId}
            page={() => page}
            timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
          />
        )),
      }),
  });
  return page;
}

function eventPage(eventId: string, parent: SceneAppPageLike): SceneAppPage {
  const page: SceneAppPage = new SceneAppPage({
    title: t('anomalies.event.title', 'Anomaly event'),
    url: `${anomalyEventsPath}/${encodeURIComponent(eventId)}`,
    routePath: '*',
    preserveUrlKeys: listUrlKeys,
    getParentPage: () => parent,
    getScene: () =>
      factScene(new PlainPage((model) => <EventPage eventId={eventId} page={() => page} model={model} />)),
  });
  return page;
}
