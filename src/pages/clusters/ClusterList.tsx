// The list of clusters: a scene object that loads it and keeps its settings in the URL, and the component that draws it.
import {
  MultiValueVariable,
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  VariableDependencyConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import type { ListClustersRequest } from '@loghunter/contracts';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { allValues } from '../../scenes/stream-search';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import type { ChangedWorks, WorkTarget } from '../../work-list/WorkActions';
import { createClusterLoader, nothingLoaded, type LoadClusters, type LoadedClusters } from './cluster-loader';
import { clusterAt, mapClusters, pagesOf, windowPageSize, type RowRange } from './cluster-window';
import { followCursor } from './cursor';
import type { ClusterListModel, ClusterListState } from './list-model';
import {
  defaultListSettings,
  listSettingsFromUrl,
  listSettingsToUrl,
  listUrlKeys,
  statesOf,
  withoutFilters,
  type ListSettings,
} from './list-settings';
import { noSelection } from './selection';
import type { ExportContent } from '../../ui/export/use-export';
import { lazyView } from '../../ui/LazyView';
import { WorkOrder } from './work-order';

/** More changes at once than this come from a bulk action: the whole view is asked for again. */
const maxReloadedCount = 20;

/** The list of clusters: holds what was chosen (also in the URL) and what is loaded. */
export class ClusterList extends SceneObjectBase<ClusterListState> implements ClusterListModel {
  static Component = lazyView(async () => (await import('./ClusterListView')).ClusterListView);

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: listUrlKeys });

  protected override _variableDependency = new VariableDependencyConfig<ClusterListState>(this, {
    variableNames: Object.values(streamVariableNames),
    onReferencedVariableValueChanged: () => this.load(),
  });

  private readonly order = new WorkOrder();

  private readonly loader = createClusterLoader(
    () => this.state,
    (change) => this.show(change),
    this.order
  );

  /** What was asked last: another range, filter or order is another question. */
  private asked = '';

  /** The same without the range: another list has other clusters to choose from. */
  private listed = '';

  private inView: RowRange = { first: 0, last: 0 };

  /** Where the window was scrolled to when the list was left. */
  scrollPx = 0;

  constructor() {
    super({ settings: defaultListSettings, selection: noSelection, cursor: undefined, ...nothingLoaded });
    this.addActivationHandler(() => {
      const range = subscribeToRange(this, (isRefresh) => (isRefresh ? this.refresh() : this.load()));
      // Coming back from a cluster finds the list as it was left; coming by a link it may be another one.
      const isSameList = this.state.window.size > 0 && this.listed === this.listKey();
      void (isSameList ? this.refresh() : this.load());
      return () => {
        range.unsubscribe();
        this.loader.cancel();
        this.asked = '';
      };
    });
  }

  getUrlState(): SceneObjectUrlValues {
    return listSettingsToUrl(this.state.settings);
  }

  updateFromUrl(values: SceneObjectUrlValues): void {
    // Only the keys that changed are given: the others keep what they are.
    this.setState({ settings: listSettingsFromUrl({ ...this.getUrlState(), ...values }) });
    if (this.isActive) {
      this.load();
    }
  }

  changeSettings(change: Partial<ListSettings>): void {
    const settings = { ...this.state.settings, ...change };
    this._urlSync.performBrowserHistoryAction?.(() => this.setState({ settings }));
    this.load();
  }

  clearFilters(): void {
    for (const name of Object.values(streamVariableNames)) {
      const variable = sceneGraph.lookupVariable(name, this);
      if (variable instanceof MultiValueVariable) {
        variable.changeValueTo([allValues]);
      }
    }
    this.changeSettings(withoutFilters);
  }

  exportContent(): ExportContent {
    const { limit, ...clusters } = this.request();
    return { clusters };
  }

  hasVariableFilters(): boolean {
    return Object.values(streamVariableNames).some((name) => chosenValues(this, name).length > 0);
  }

  /** Another list: from its start, with nothing chosen in it. */
  load(): void {
    const question = JSON.stringify(this.request());
    // Variables tell of their values again when their options come: asking the same once more would throw away the first answer.
    if (question === this.asked && this.state.request.error === undefined) {
      return;
    }
    this.asked = question;
    this.listed = this.listKey();
    this.inView = { first: 0, last: 0 };
    if (this.scrollPx > 0 || this.state.window.size > 0) {
      this.scrollPx = 0;
      window.scrollTo({ top: 0 });
    }
    this.setState({ selection: noSelection, cursor: undefined });
    void this.loader.reload(this.question());
  }

  /** The same list again: what is in view is replaced when its answers are there. */
  refresh(): void {
    void this.loader.reload(this.question(), pagesOf(this.inView.first, this.inView.last));
  }

  showRows(range: RowRange): void {
    this.inView = range;
    this.loader.fill(this.question(), pagesOf(range.first, range.last));
  }

  /** What people did, here or elsewhere, is shown where the clusters stand: a list that moves under the pointer is no help. */
  applyWorks(works: ChangedWorks): void {
    this.order.learn(works);
    this.setWorks(works);
    this.setState({ selection: noSelection });
  }

  /** The keyboard stays at its cluster, wherever that stands now. */
  private show(change: Partial<LoadedClusters>): void {
    const { cursor } = this.state;
    this.setState(change.window && cursor ? { ...change, cursor: followCursor(cursor, change.window) } : change);
  }

  private setWorks(works: ChangedWorks): void {
    const window = mapClusters(this.state.window, (cluster) => {
      const work = works.get(cluster.id);
      return work === undefined ? cluster : { ...cluster, work };
    });
    this.setState({ window });
  }

  async reloadWorks(clusterIds: readonly string[]): Promise<void> {
    const shown = new Set([...this.state.window.values()].flat().map(({ id }) => id));
    const wanted = clusterIds.filter((id) => shown.has(id)).slice(0, maxReloadedCount);
    await Promise.allSettled(wanted.map((id) => this.reloadWork(id)));
  }

  private async reloadWork(id: string): Promise<void> {
    await this.order.ask(
      () => serverClient().getCluster({ id, ...requestRangeOf(this) }),
      ({ cluster }, newest) => this.setWorks(new Map([[cluster.id, newest(cluster.id, cluster.work)]]))
    );
  }

  targets(): WorkTarget {
    const { selection, cursor, window, request } = this.state;
    if (selection.isAllMatching && request.answer !== undefined) {
      const { sort, order, limit, ...filter } = this.request();
      // The range of the list as it is shown: what came later is in no number that the reader saw.
      return { filter: { ...filter, ...request.answer.range }, count: request.answer.totalClusterCount };
    }
    if (selection.ids.size > 0) {
      return { clusterIds: [...selection.ids], count: selection.ids.size };
    }
    const current = cursor && clusterAt(window, cursor.row);
    return current === undefined ? { clusterIds: [], count: 0 } : { clusterIds: [current.id], count: 1 };
  }

  keepScroll(scrollPx: number): void {
    this.scrollPx = scrollPx;
  }

  private question(): LoadClusters {
    const request = this.request();
    return (offset, signal) => serverClient().listClusters({ ...request, offset }, signal);
  }

  private listKey(): string {
    const { from, to, ...list } = this.request();
    return JSON.stringify(list);
  }

  private request(): ListClustersRequest {
    const { tab, text, levels, assignee, isUnseenOnly, sort, order } = this.state.settings;
    return {
      ...requestRangeOf(this),
      service: [...chosenValues(this, streamVariableNames.service)],
      namespace: [...chosenValues(this, streamVariableNames.namespace)],
      level: [...levels],
      text,
      state: statesOf(tab),
      assignee: assignee === '' ? [] : [assignee],
      ...(isUnseenOnly ? { unseen: 'true' as const } : {}),
      sort,
      order,
      limit: windowPageSize,
    };
  }
}
