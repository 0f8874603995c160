import { EmbeddedScene, SceneAppPage } from '@grafana/scenes';
import { clusterRulesPath } from '../../plugin-paths';
import { t } from '../../translations';
import { ClusterRules } from './ClusterRules';
import { ruleUrlKeys } from './rule-settings';

/** Rules of people, with a way back from each. */
export function clusterRulesPage(): SceneAppPage {
  return new SceneAppPage({
    title: t('rules.title', 'Rules'),
    subTitle: t(
      'rules.subTitle',
      'What people decided about clusters: merged, split, masked and renamed, and who gets new ones'
    ),
    url: clusterRulesPath,
    routePath: 'cluster-rules/*',
    preserveUrlKeys: ruleUrlKeys,
    getScene: () => new EmbeddedScene({ body: new ClusterRules() }),
  });
}
