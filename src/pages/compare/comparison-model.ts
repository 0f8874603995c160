import type { SceneObject, SceneObjectState } from '@grafana/scenes';
import type { CompareClustersResponse } from '@loghunter/contracts';
import type { RequestState } from '../../api/latest-request';
import type { CompareSettings, MsRange } from './compare-settings';

export interface ComparisonState extends SceneObjectState {
  settings: CompareSettings;
  limit: number;
  request: RequestState<CompareClustersResponse>;
}

/** What the views of a comparison ask of the scene object that holds it. */
export interface ComparisonModel extends SceneObject<ComparisonState> {
  changeSettings(change: Partial<CompareSettings>): void;
  /** The later range, as the time picker has it. */
  afterRange(): MsRange;
  /** Both ranges at once, such as those around a deploy or those that were drawn. */
  chooseRanges(ranges: { readonly before: MsRange; readonly after: MsRange }, deploy?: string): void;
  load(limit?: number): void;
}
