import { SceneAppPage, type SceneAppPageLike } from '@grafana/scenes';
import { clustersPath } from '../../plugin-paths';
import { dataSourceVariable, logScene } from '../../scenes/log-scene';
import { t } from '../../translations';
import { ClusterDetails } from './ClusterDetails';

/** One cluster's page below the list; the list's own URL keys go along, so that going back finds it as it was. */
export function clusterPage(clusterId: string, parent: SceneAppPageLike, preserveUrlKeys: string[]): SceneAppPage {
  return new SceneAppPage({
    title: t('cluster.page.title', 'Cluster {{id}}', { id: clusterId.slice(0, 8) }),
    url: `${clustersPath}/${encodeURIComponent(clusterId)}`,
    routePath: '*',
    preserveUrlKeys,
    getParentPage: () => parent,
    getScene: () => logScene([dataSourceVariable()], new ClusterDetails(clusterId)),
  });
}
