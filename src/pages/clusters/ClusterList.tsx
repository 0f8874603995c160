// The list of clusters: a scene object that loads it and keeps its settings in the URL, and the component that draws it.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  MultiValueVariable,
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  VariableDependencyConfig,
  type SceneComponentProps,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { LoadingBar, useStyles2 } from '@grafana/ui';
import React, { useRef } from 'react';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { allValues, chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import type { ChangedWorks } from '../../work-list/WorkActions';
import { createClusterLoader, nothingLoaded, type LoadClusters } from './cluster-loader';
import { clusterAt, mapClusters, pagesOf, reachableCount, windowPageSize } from './cluster-window';
import { ClusterTable, type RowRange } from './ClusterTable';
import { ClusterTableSkeleton } from './ClusterTableSkeleton';
import { ListActions } from './ListActions';
import { ListNews } from './ListNews';
import type { ClusterListModel, ClusterListState } from './list-model';
import { ListToolbar } from './ListToolbar';
import {
  defaultListSettings,
  hasFilters,
  listSettingsFromUrl,
  listSettingsToUrl,
  listUrlKeys,
  nextSort,
  statesOf,
  withoutFilters,
  type ListSettings,
} from './list-settings';
import { NoClusters } from './NoClusters';
import { noSelection } from './selection';

/** More changes at once than this come from a bulk action: the whole view is asked for again. */
const maxReloadedCount = 20;

/** The list of clusters: holds what was chosen (also in the URL) and what is loaded. */
export class ClusterList extends SceneObjectBase<ClusterListState> implements ClusterListModel {
  static Component = ClusterListView;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: listUrlKeys });

  protected override _variableDependency = new VariableDependencyConfig<ClusterListState>(this, {
    variableNames: Object.values(streamVariableNames),
    onReferencedVariableValueChanged: () => this.load(),
  });

  private readonly loader = createClusterLoader(
    () => this.state,
    (change) => this.setState(change)
  );

  private inView: RowRange = { first: 0, last: 0 };

  /** Where the window was scrolled to when the list was left. */
  scrollPx = 0;

  constructor() {
    super({ settings: defaultListSettings, selection: noSelection, cursor: undefined, ...nothingLoaded });
    this.addActivationHandler(() => {
      const range = subscribeToRange(this, (isRefresh) => (isRefresh ? this.refresh() : this.load()));
      // Coming back from a cluster finds the list as it was left.
      void (this.state.window.size > 0 ? this.refresh() : this.load());
      return () => {
        range.unsubscribe();
        this.loader.cancel();
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

  hasVariableFilters(): boolean {
    return Object.values(streamVariableNames).some((name) => chosenValues(this, name).length > 0);
  }

  /** Another list: from its start, with nothing chosen in it. */
  load(): void {
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
    this.setWorks(works);
    this.setState({ selection: noSelection });
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
    const answers = await Promise.allSettled(
      wanted.map((id) => serverClient().getCluster({ id, ...requestRangeOf(this) }))
    );
    const works = answers.flatMap((answer) =>
      answer.status === 'fulfilled' ? [[answer.value.cluster.id, answer.value.cluster.work] as const] : []
    );
    if (works.length > 0) {
      this.setWorks(new Map(works));
    }
  }

  /** Clusters that an action is about: the chosen ones, else the one the keyboard is at. */
  targets(): readonly string[] {
    const { selection, cursor, window } = this.state;
    if (selection.ids.size > 0) {
      return [...selection.ids];
    }
    const current = cursor === undefined ? undefined : clusterAt(window, cursor);
    return current === undefined ? [] : [current.id];
  }

  keepScroll(scrollPx: number): void {
    this.scrollPx = scrollPx;
  }

  private question(): LoadClusters {
    const { tab, text, levels, assignee, isUnseenOnly, sort, order } = this.state.settings;
    const request = {
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
    return (offset, signal) => serverClient().listClusters({ ...request, offset }, signal);
  }
}

function ClusterListView({ model }: SceneComponentProps<ClusterList>) {
  const styles = useStyles2(getStyles);
  const { settings, request } = model.useState();
  const textRef = useRef<HTMLInputElement>(null);
  const { answer, error, isLoading } = request;
  return (
    <div className={styles.page} data-testid={testIds.clusters.page}>
      <ListToolbar
        settings={settings}
        textRef={textRef}
        answer={answer}
        onChange={(change) => model.changeSettings(change)}
        onSeen={() => model.refresh()}
      />
      <ListActions model={model} textRef={textRef} />
      <ListNews model={model} />
      {error && (
        <ProblemNotice
          error={error}
          onRetry={() => model.refresh()}
          {...(answer ? { addition: t('clusters.list.stale', 'The list below is from the last answer.') } : {})}
        />
      )}
      <div className={styles.body} aria-busy={isLoading}>
        <div className={styles.bar}>{isLoading && answer && <LoadingBar width={400} />}</div>
        <ListBody model={model} />
      </div>
    </div>
  );
}

function ListBody({ model }: { model: ClusterList }) {
  const { settings, request, window, selection, cursor } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const { answer, error } = request;
  if (answer === undefined) {
    return error ? null : <ClusterTableSkeleton />;
  }
  if (answer.totalClusterCount === 0) {
    const isFiltered = hasFilters(settings) || model.hasVariableFilters();
    return (
      <NoClusters coverage={answer.coverage} isFiltered={isFiltered} onClearFilters={() => model.clearFilters()} />
    );
  }
  return (
    <ClusterTable
      window={window}
      rowCount={reachableCount(answer.totalClusterCount)}
      settings={settings}
      selection={selection}
      cursor={cursor}
      timeZone={timeZone}
      onSort={(sort) => model.changeSettings(nextSort(settings, sort))}
      onSelect={(next) => model.setState({ selection: next })}
      onMoveCursor={(next) => model.setState({ cursor: next })}
      onShowRows={(range) => model.showRows(range)}
      initialScrollPx={model.scrollPx}
      onLeave={(scrollPx) => model.keepScroll(scrollPx)}
    />
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    body: css({ position: 'relative', minHeight: 240 }),
    bar: css({
      position: 'absolute',
      insetInline: 0,
      top: -2,
      height: 2,
      overflow: 'hidden',
      '& > div': { width: '100%' },
    }),
  };
}
