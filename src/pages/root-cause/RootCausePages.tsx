// The app's pages about root causes: a start form with the analyses so far, and a page for each analysis.
import { EmbeddedScene, SceneAppPage, sceneGraph, type SceneAppPageLike } from '@grafana/scenes';
import React from 'react';
import { rootCausePath } from '../../incident-paths';
import { factScene } from '../../scenes/log-scene';
import { PlainPage } from '../../scenes/PlainPage';
import { UrlPage } from '../../scenes/UrlPage';
import { t } from '../../translations';
import { lazyView } from '../../ui/LazyView';
import { startSettingsFromUrl, startSettingsToUrl, startUrlKeys } from './start-settings';

const StartPage = lazyView(async () => (await import('./StartPage')).StartPage);
const AnalysisPage = lazyView(async () => (await import('./AnalysisPage')).AnalysisPage);

export function rootCausePage(): SceneAppPage {
  return new SceneAppPage({
    title: t('rootCause.page.title', 'Root cause'),
    subTitle: t('rootCause.page.subtitle', 'What the evidence says about the cause, each claim with its lines'),
    url: rootCausePath,
    routePath: 'root-cause/*',
    preserveUrlKeys: [],
    getScene: () =>
      new EmbeddedScene({
        body: new UrlPage({
          urlKeys: startUrlKeys,
          toUrl: startSettingsToUrl,
          fromUrl: startSettingsFromUrl,
          view: StartPage,
        }),
      }),
    drilldowns: [
      {
        routePath: ':analysisId/*',
        getPage: (match, parent) => analysisPage(decodeURIComponent(match.params.analysisId), parent),
      },
    ],
  });
}

function analysisPage(analysisId: string, parent: SceneAppPageLike): SceneAppPage {
  const page: SceneAppPage = new SceneAppPage({
    title: t('rootCause.analysis.title', 'Analysis'),
    url: `${rootCausePath}/${encodeURIComponent(analysisId)}`,
    routePath: '*',
    preserveUrlKeys: [],
    getParentPage: () => parent,
    getScene: () =>
      factScene(
        new PlainPage((model) => (
          <AnalysisPage
            analysisId={analysisId}
            page={() => page}
            model={model}
            timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
          />
        ))
      ),
  });
  return page;
}
