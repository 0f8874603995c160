// What every page on logs has in common: a range, a Loki data source for the ways out, refresh.
import {
  DataSourceVariable,
  EmbeddedScene,
  SceneControlsSpacer,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  type SceneObject,
  type SceneVariable,
} from '@grafana/scenes';
import { dataSourceVariableName } from './explore-link';
import { t } from '../translations';
import { PageLink } from './PageLink';
import { StreamVariable } from './stream-variable';

/** URL keys that go along from page to page. */
export const rangeUrlKeys = ['from', 'to', 'timezone', `var-${dataSourceVariableName}`];
export const streamUrlKeys = ['var-namespace', 'var-service'];

/** A scene with range, refresh and the given variables above its body. */
export function logScene(variables: SceneVariable[], body: SceneObject, defaultFrom = 'now-1h'): EmbeddedScene {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: defaultFrom, to: 'now' }),
    $variables: new SceneVariableSet({ variables }),
    controls: [
      new VariableValueSelectors({}),
      new SceneControlsSpacer(),
      new SceneTimePicker({ isOnCanvas: true }),
      new SceneRefreshPicker({ isOnCanvas: true }),
      new PageLink({}),
    ],
    body,
  });
}

/** A scene about something that has its own time: no range to choose, only where links to Explore lead. */
export function factScene(body: SceneObject): EmbeddedScene {
  return new EmbeddedScene({
    $variables: new SceneVariableSet({ variables: [dataSourceVariable()] }),
    controls: [new VariableValueSelectors({})],
    body,
  });
}

/** The Loki data source that links to Explore lead to. */
export function dataSourceVariable(): DataSourceVariable {
  return new DataSourceVariable({
    name: dataSourceVariableName,
    label: 'Loki',
    pluginId: 'loki',
    description: t('scene.variables.loki', 'Where “Open in Explore” leads'),
  });
}

/** Data source, namespaces and services: what lists of clusters are narrowed by. */
export function streamVariables(): SceneVariable[] {
  return [
    dataSourceVariable(),
    new StreamVariable('namespace', t('scene.variables.namespace', 'Namespace')),
    new StreamVariable('service', t('scene.variables.service', 'Service')),
  ];
}
