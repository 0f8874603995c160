// The app's pages about investigations: a list, and a page for each case.
import { EmbeddedScene, SceneAppPage, sceneGraph, type SceneAppPageLike } from '@grafana/scenes';
import React from 'react';
import { investigationsPath } from '../../incident-paths';
import { factScene } from '../../scenes/log-scene';
import { PlainPage } from '../../scenes/PlainPage';
import { UrlPage } from '../../scenes/UrlPage';
import { t } from '../../translations';
import { lazyView } from '../../ui/LazyView';
import {
  investigationSettingsFromUrl,
  investigationSettingsToUrl,
  investigationUrlKeys,
} from './investigation-settings';

const InvestigationsPage = lazyView(async () => (await import('./InvestigationsPage')).InvestigationsPage);
const InvestigationPage = lazyView(async () => (await import('./InvestigationPage')).InvestigationPage);

export function investigationsPage(): SceneAppPage {
  return new SceneAppPage({
    title: t('investigations.page.title', 'Investigations'),
    subTitle: t('investigations.page.subtitle', "People's work on incidents and clusters, kept for the next time"),
    url: investigationsPath,
    routePath: 'investigations/*',
    preserveUrlKeys: investigationUrlKeys,
    getScene: () =>
      new EmbeddedScene({
        body: new UrlPage({
          urlKeys: investigationUrlKeys,
          toUrl: investigationSettingsToUrl,
          fromUrl: investigationSettingsFromUrl,
          view: InvestigationsPage,
        }),
      }),
    drilldowns: [
      {
        routePath: ':investigationId/*',
        getPage: (match, parent) => investigationPage(decodeURIComponent(match.params.investigationId), parent),
      },
    ],
  });
}

function investigationPage(investigationId: string, parent: SceneAppPageLike): SceneAppPage {
  const page: SceneAppPage = new SceneAppPage({
    title: t('investigations.case.title', 'Investigation'),
    url: `${investigationsPath}/${encodeURIComponent(investigationId)}`,
    routePath: '*',
    preserveUrlKeys: investigationUrlKeys,
    getParentPage: () => parent,
    getScene: () =>
      factScene(
        new PlainPage((model) => (
          <InvestigationPage
            investigationId={investigationId}
            page={() => page}
            model={model}
            timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
          />
        ))
      ),
  });
  return page;
}
