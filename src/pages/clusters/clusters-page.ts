import { SceneAppPage } from '@grafana/scenes';
import { clustersPath } from '../../plugin-paths';
import { registerCountsDataSource } from '../../scenes/counts-data-source';
import { logScene, rangeUrlKeys, streamUrlKeys, streamVariables } from '../../scenes/log-scene';
import { t } from '../../translations';
import { clusterPage } from '../cluster/cluster-page';
import { ClusterList } from './ClusterList';
import { listUrlKeys } from './list-settings';

const preserveUrlKeys = [...rangeUrlKeys, ...streamUrlKeys, ...listUrlKeys];

/** The list of clusters; each one's page lies below it. */
export function clustersPage(): SceneAppPage {
  registerCountsDataSource();
  return new SceneAppPage({
    title: t('clusters.page.title', 'Clusters'),
    subTitle: t('clusters.page.subtitle', 'Log lines that say the same thing, grouped for good'),
    url: clustersPath,
    routePath: 'clusters/*',
    preserveUrlKeys,
    getScene: () => logScene(streamVariables(), new ClusterList()),
    drilldowns: [
      {
        routePath: ':clusterId/*',
        getPage: (match, parent) => clusterPage(decodeURIComponent(match.params.clusterId), parent, preserveUrlKeys),
      },
    ],
  });
}
