import { SceneAppPage } from '@grafana/scenes';
import { comparePath } from '../../plugin-paths';
import { t } from '../../translations';
import { logScene, rangeUrlKeys, streamUrlKeys, streamVariables } from '../../scenes/log-scene';
import { compareUrlKeys } from './compare-settings';
import { Comparison } from './Comparison';

/** What changed between two time ranges. */
export function comparePage(): SceneAppPage {
  return new SceneAppPage({
    title: t('compare.title', 'Compare'),
    subTitle: t('compare.subTitle', 'Clusters that are new, gone, more or less frequent than before'),
    url: comparePath,
    routePath: 'compare/*',
    preserveUrlKeys: [...rangeUrlKeys, ...streamUrlKeys, ...compareUrlKeys],
    getScene: () => logScene(streamVariables(), new Comparison()),
  });
}
