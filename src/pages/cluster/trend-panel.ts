import { SceneQueryRunner, type VizPanel } from '@grafana/scenes';
import { countsDataSource, type CountsQuery } from '../../scenes/counts-data-source';
import { levelsPanel } from '../../scenes/levels-panel';
import { t } from '../../translations';

/** Events of a cluster over time by level, with its service's deploys and its anomalies. */
export function createTrendPanel(clusterId: string, service: string): VizPanel {
  const query: CountsQuery = { refId: 'A', clusterId, service };
  return levelsPanel()
    .setTitle(t('cluster.trend.title', 'Events by level'))
    .setDescription(
      t(
        'cluster.trend.description',
        'Events of this cluster per step; a joined stack trace is one event. Marks are deploys of its service, bands its anomalies.'
      )
    )
    .setData(new SceneQueryRunner({ datasource: countsDataSource, queries: [query] }))
    .setNoValue(t('cluster.trend.none', 'No events in this time range'))
    .build();
}
