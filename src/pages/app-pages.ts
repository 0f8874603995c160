// The pages of the app, one line each; a page itself is made in its own folder.
import { SceneAppPage } from '@grafana/scenes';
import { appPath } from '../plugin-paths';
import { logScene, rangeUrlKeys, streamUrlKeys, streamVariables } from '../scenes/log-scene';
import { t } from '../translations';
import { anomaliesPage } from './anomalies/AnomaliesPages';
import { administrationPage } from './administration/administration-page';
import { searchPage } from './search/search-page';
import { ClusterList } from './clusters/ClusterList';
import { clustersPage } from './clusters/clusters-page';
import { listUrlKeys } from './clusters/list-settings';
import { clusterRulesPage } from './cluster-rules/cluster-rules-page';
import { comparePage } from './compare/compare-page';
import { investigationsPage } from './investigations/InvestigationsPages';
import { overviewPage } from './overview/overview-page';
import { rootCausePage } from './root-cause/RootCausePages';

/** In the order in which their routes are tried: what takes every path comes last. */
export function appPages(): SceneAppPage[] {
  return [
    overviewPage(),
    clustersPage(),
    comparePage(),
    clusterRulesPage(),
    anomaliesPage(),
    rootCausePage(),
    investigationsPage(),
    searchPage(),
    administrationPage(),
    homePage(),
  ];
}

/** The app's own address shows the clusters too. */
function homePage(): SceneAppPage {
  return new SceneAppPage({
    title: t('clusters.page.title', 'Clusters'),
    subTitle: t('clusters.page.subtitle', 'Log lines that say the same thing, grouped for good'),
    url: appPath,
    routePath: '*',
    preserveUrlKeys: [...rangeUrlKeys, ...streamUrlKeys, ...listUrlKeys],
    getScene: () => logScene(streamVariables(), new ClusterList()),
  });
}
