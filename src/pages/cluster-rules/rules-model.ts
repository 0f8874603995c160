import type { SceneObject, SceneObjectState } from '@grafana/scenes';
import type { ListClusterRulesResponse } from '@loghunter/contracts';
import type { RequestState } from '../../api/latest-request';
import type { RuleSettings } from './rule-settings';

export interface ClusterRulesState extends SceneObjectState {
  settings: RuleSettings;
  request: RequestState<ListClusterRulesResponse>;
  /** What the named clusters say, as far as it is known. */
  texts: ReadonlyMap<string, string>;
}

/** What the views of the rules ask of the scene object that holds them. */
export interface ClusterRulesModel extends SceneObject<ClusterRulesState> {
  changeSettings(change: Partial<RuleSettings>): void;
  load(): void;
}
