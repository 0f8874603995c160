import type { SceneObject, SceneObjectState } from '@grafana/scenes';
import type { SearchLogsRequest, SearchLogsResponse } from '@loghunter/contracts';
import type { RequestState } from '../../api/latest-request';
import type { SearchSettings } from './search-settings';

export interface LogSearchState extends SceneObjectState {
  settings: SearchSettings;
  request: RequestState<SearchLogsResponse>;
}

/** What the views of the search ask of the scene object that holds it. */
export interface LogSearchModel extends SceneObject<LogSearchState> {
  search(settings: SearchSettings): void;
  /** Asks what is to be asked now, unless that is what was asked last. */
  load(): void;
  /** Gives up the search that runs. */
  cancel(): void;
  loadOlder(): void;
  /** What is asked now, without limits. */
  request(): SearchLogsRequest;
}
