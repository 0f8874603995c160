// Rules of people: a scene object that lists them, and the component that draws and undoes them.
import { SceneObjectBase, SceneObjectUrlSyncConfig, type SceneObjectUrlValues } from '@grafana/scenes';
import type { ListClusterRulesResponse } from '@loghunter/contracts';
import { loadClusterTexts } from '../../api/cluster-texts';
import { createLatestRequest, notRequested } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import {
  defaultRuleSettings,
  rulePageSize,
  ruleSettingsFromUrl,
  ruleSettingsToUrl,
  ruleUrlKeys,
  type RuleSettings,
} from './rule-settings';
import { lazyView } from '../../ui/LazyView';
import { namedClusters, shownClusterCount } from './rule-words';
import type { ClusterRulesModel, ClusterRulesState } from './rules-model';

export class ClusterRules extends SceneObjectBase<ClusterRulesState> implements ClusterRulesModel {
  static Component = lazyView(async () => (await import('./ClusterRulesView')).ClusterRulesView);

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ruleUrlKeys });

  private readonly latest = createLatestRequest<ListClusterRulesResponse>((change) =>
    this.setState({ request: { ...this.state.request, ...change } })
  );

  constructor() {
    super({ settings: defaultRuleSettings, request: notRequested, texts: new Map() });
    this.addActivationHandler(() => {
      this.load();
      return () => this.latest.cancel();
    });
  }

  getUrlState(): SceneObjectUrlValues {
    return ruleSettingsToUrl(this.state.settings);
  }

  updateFromUrl(values: SceneObjectUrlValues): void {
    this.setState({ settings: ruleSettingsFromUrl({ ...this.getUrlState(), ...values }) });
    if (this.isActive) {
      this.load();
    }
  }

  changeSettings(change: Partial<RuleSettings>): void {
    const settings = { ...this.state.settings, page: 1, ...change };
    this._urlSync.performBrowserHistoryAction?.(() => this.setState({ settings }));
    this.load();
  }

  load(): void {
    const { kinds, includesUndone, page } = this.state.settings;
    void this.latest.run(async (signal) => {
      const answer = await serverClient().listClusterRules(
        {
          kind: [...kinds],
          includeUndone: includesUndone ? 'true' : 'false',
          limit: rulePageSize,
          offset: (page - 1) * rulePageSize,
        },
        signal
      );
      const shown = answer.rules.flatMap(({ rule }) => namedClusters(rule).slice(0, shownClusterCount));
      void loadClusterTexts(shown, this.state.texts, signal).then((texts) => this.setState({ texts }));
      return answer;
    });
  }
}
