// One cluster: a scene object that loads its facts, values, labels, lines and history; the view lies beside it.
import {
  SceneAppPage,
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import type {
  GetClusterResponse,
  ListClusterHistoryResponse,
  ListClusterLabelsResponse,
  ListClusterLinesResponse,
  ListClusterVariablesResponse,
} from '@loghunter/contracts';
import { createLatestRequest, notRequested } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { lazyView } from '../../ui/LazyView';
import type { ChangedWorks } from '../../work-list/WorkActions';
import type { ClusterDetailsState, ClusterModel } from './cluster-model';
import {
  clusterSettingsFromUrl,
  clusterSettingsToUrl,
  clusterUrlKeys,
  defaultClusterSettings,
  type ClusterSettings,
} from './cluster-settings';
import { renderClusterTitle, clusterName } from './ClusterTitle';
import { firstLineLimit, mostLineLimit } from './line-limits';
import { createTrendPanel } from './trend-panel';

export class ClusterDetails extends SceneObjectBase<ClusterDetailsState> implements ClusterModel {
  static Component = lazyView(async () => (await import('./ClusterDetailsView')).ClusterDetailsView);

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: clusterUrlKeys });

  private readonly requests = {
    details: createLatestRequest<GetClusterResponse>((change) =>
      this.setState({ details: { ...this.state.details, ...change } })
    ),
    labels: createLatestRequest<ListClusterLabelsResponse>((change) =>
      this.setState({ labels: { ...this.state.labels, ...change } })
    ),
    variables: createLatestRequest<ListClusterVariablesResponse>((change) =>
      this.setState({ variables: { ...this.state.variables, ...change } })
    ),
    lines: createLatestRequest<ListClusterLinesResponse>((change) =>
      this.setState({ lines: { ...this.state.lines, ...change } })
    ),
    history: createLatestRequest<ListClusterHistoryResponse>((change) =>
      this.setState({ history: { ...this.state.history, ...change } })
    ),
  };

  constructor(clusterId: string) {
    super({
      clusterId,
      settings: defaultClusterSettings,
      details: notRequested,
      labels: notRequested,
      variables: notRequested,
      lines: notRequested,
      history: notRequested,
      lineLimit: firstLineLimit,
      trend: undefined,
    });
    this.addActivationHandler(() => {
      const range = subscribeToRange(this, () => this.load());
      this.load();
      return () => {
        range.unsubscribe();
        Object.values(this.requests).forEach((request) => request.cancel());
      };
    });
  }

  getUrlState(): SceneObjectUrlValues {
    return clusterSettingsToUrl(this.state.settings);
  }

  updateFromUrl(values: SceneObjectUrlValues): void {
    this.setState({ settings: clusterSettingsFromUrl({ ...this.getUrlState(), ...values }) });
  }

  changeSettings(change: Partial<ClusterSettings>): void {
    const settings = { ...this.state.settings, ...change };
    this._urlSync.performBrowserHistoryAction?.(() => this.setState({ settings }));
    // A value is looked for among as many lines as there can be.
    if (settings.lineText !== '' && this.state.lineLimit < mostLineLimit) {
      this.loadLines(mostLineLimit);
    }
  }

  load(): void {
    const request = { id: this.state.clusterId, ...requestRangeOf(this) };
    const client = serverClient();
    this.reloadDetails();
    void this.requests.labels.run((signal) => client.listClusterLabels(request, signal));
    this.loadVariables();
    this.loadLines(this.wantedLineLimit());
    this.loadHistory();
  }

  /** Figures and state only: what others do changes no line. */
  reloadDetails(): void {
    const request = { id: this.state.clusterId, ...requestRangeOf(this) };
    void this.requests.details.run(async (signal) => {
      const answer = await serverClient().getCluster(request, signal);
      this.showCluster(answer);
      return answer;
    });
  }

  loadVariables(): void {
    const request = { id: this.state.clusterId, ...requestRangeOf(this) };
    void this.requests.variables.run((signal) => serverClient().listClusterVariables(request, signal));
  }

  loadLines(lineLimit = this.state.lineLimit): void {
    this.setState({ lineLimit });
    const request = { id: this.state.clusterId, ...requestRangeOf(this), limit: lineLimit };
    void this.requests.lines.run((signal) => serverClient().listClusterLines(request, signal));
  }

  loadHistory(): void {
    const { clusterId: id } = this.state;
    void this.requests.history.run((signal) => serverClient().listClusterHistory({ id }, signal));
  }

  /** What people did, here or elsewhere: shown at once, and in the history. */
  applyWorks(works: ChangedWorks): void {
    const { answer } = this.state.details;
    const work = answer && works.get(answer.cluster.id);
    if (answer && work) {
      const changed = { ...answer, cluster: { ...answer.cluster, work } };
      this.setState({ details: { ...this.state.details, answer: changed } });
      this.showCluster(changed);
      if (this.state.details.isLoading) {
        // What is on its way may have been read before the action.
        this.reloadDetails();
      }
      this.loadHistory();
    }
  }

  private wantedLineLimit(): number {
    return this.state.settings.lineText === '' ? this.state.lineLimit : mostLineLimit;
  }

  private showCluster({ cluster }: GetClusterResponse): void {
    if (this.state.trend === undefined) {
      this.setState({ trend: createTrendPanel(this.state.clusterId, cluster.service) });
    }
    const timeZone = sceneGraph.getTimeRange(this).getTimeZone();
    sceneGraph
      .getAncestor(this, SceneAppPage)
      .setState({ title: cluster.title ?? clusterName(cluster), renderTitle: renderClusterTitle(cluster, timeZone) });
  }
}
