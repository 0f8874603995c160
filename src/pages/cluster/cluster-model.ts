import type { SceneObject, SceneObjectState, VizPanel } from '@grafana/scenes';
import type {
  GetClusterResponse,
  ListClusterHistoryResponse,
  ListClusterLabelsResponse,
  ListClusterLinesResponse,
  ListClusterVariablesResponse,
} from '@loghunter/contracts';
import type { RequestState } from '../../api/latest-request';
import type { ChangedWorks } from '../../work-list/WorkActions';
import type { ClusterSettings } from './cluster-settings';

export interface ClusterDetailsState extends SceneObjectState {
  clusterId: string;
  settings: ClusterSettings;
  details: RequestState<GetClusterResponse>;
  labels: RequestState<ListClusterLabelsResponse>;
  variables: RequestState<ListClusterVariablesResponse>;
  lines: RequestState<ListClusterLinesResponse>;
  history: RequestState<ListClusterHistoryResponse>;
  lineLimit: number;
  /** Made when the cluster's service is known, whose deploys it marks. */
  trend: VizPanel | undefined;
}

/** What the views of a cluster ask of the scene object that holds it. */
export interface ClusterModel extends SceneObject<ClusterDetailsState> {
  changeSettings(change: Partial<ClusterSettings>): void;
  load(): void;
  reloadDetails(): void;
  loadVariables(): void;
  loadLines(lineLimit?: number): void;
  loadHistory(): void;
  applyWorks(works: ChangedWorks): void;
}
