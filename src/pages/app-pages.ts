import {
  DataSourceVariable,
  EmbeddedScene,
  SceneAppPage,
  SceneControlsSpacer,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  type SceneAppPageLike,
  type SceneObject,
  type SceneVariable,
} from '@grafana/scenes';
import { ClusterDetails } from './cluster/ClusterDetails';
import { ClusterList } from './clusters/ClusterList';
import { listUrlKeys } from './clusters/list-settings';
import { appPath, clustersPath } from '../plugin-paths';
import { registerCountsDataSource } from '../scenes/counts-data-source';
import { dataSourceVariableName } from '../scenes/explore-link';
import { StreamVariable } from '../scenes/stream-variable';

const rangeKeys = ['from', 'to', 'timezone', `var-${dataSourceVariableName}`];
const preservedKeys = [...rangeKeys, 'var-namespace', 'var-service', ...listUrlKeys];

export function clustersPage(): SceneAppPage {
  registerCountsDataSource();
  return new SceneAppPage({
    title: 'Clusters',
    subTitle: 'Log lines that say the same thing, grouped for good',
    url: clustersPath,
    routePath: 'clusters/*',
    preserveUrlKeys: preservedKeys,
    getScene: clustersScene,
    drilldowns: [
      {
        routePath: ':clusterId/*',
        getPage: (match, parent) => clusterPage(decodeURIComponent(match.params.clusterId), parent),
      },
    ],
  });
}

/** The app's own address shows the clusters too. */
export function homePage(): SceneAppPage {
  return new SceneAppPage({
    title: 'Clusters',
    subTitle: 'Log lines that say the same thing, grouped for good',
    url: appPath,
    routePath: '*',
    preserveUrlKeys: preservedKeys,
    getScene: clustersScene,
  });
}

function clusterPage(clusterId: string, parent: SceneAppPageLike): SceneAppPage {
  return new SceneAppPage({
    title: `Cluster ${clusterId.slice(0, 8)}`,
    url: `${clustersPath}/${encodeURIComponent(clusterId)}`,
    routePath: '*',
    preserveUrlKeys: preservedKeys,
    getParentPage: () => parent,
    getScene: () => logScene([dataSourceVariable()], new ClusterDetails(clusterId)),
  });
}

function clustersScene(): EmbeddedScene {
  return logScene(
    [dataSourceVariable(), new StreamVariable('namespace', 'Namespace'), new StreamVariable('service', 'Service')],
    new ClusterList()
  );
}

function logScene(variables: SceneVariable[], body: SceneObject): EmbeddedScene {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }),
    $variables: new SceneVariableSet({ variables }),
    controls: [
      new VariableValueSelectors({}),
      new SceneControlsSpacer(),
      new SceneTimePicker({ isOnCanvas: true }),
      new SceneRefreshPicker({ isOnCanvas: true }),
    ],
    body,
  });
}

function dataSourceVariable(): DataSourceVariable {
  return new DataSourceVariable({
    name: dataSourceVariableName,
    label: 'Loki',
    pluginId: 'loki',
    description: 'Where "Open in Explore" leads',
  });
}
