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
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { LoadingBar, Pagination, useStyles2 } from '@grafana/ui';
import type { ListClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { createLatestRequest, notRequested, type RequestState } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { allValues, chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import { testIds } from '../../test-ids';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { ClusterTable } from './ClusterTable';
import { ClusterTableSkeleton } from './ClusterTableSkeleton';
import { CoverageNote } from './CoverageNote';
import { ListToolbar } from './ListToolbar';
import {
  defaultListSettings,
  hasFilters,
  listSettingsFromUrl,
  listSettingsToUrl,
  listUrlKeys,
  nextSort,
  pageSize,
  type ListSettings,
} from './list-settings';
import { NoClusters } from './NoClusters';

interface ClusterListState extends SceneObjectState {
  settings: ListSettings;
  request: RequestState<ListClustersResponse>;
}

/** The list of clusters: holds what was chosen (also in the URL) and the latest answer. */
export class ClusterList extends SceneObjectBase<ClusterListState> {
  static Component = ClusterListView;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: listUrlKeys });

  protected override _variableDependency = new VariableDependencyConfig<ClusterListState>(this, {
    variableNames: Object.values(streamVariableNames),
    onReferencedVariableValueChanged: () => this.loadFirstPage(),
  });

  private readonly latest = createLatestRequest<ListClustersResponse>((change) =>
    this.setState({ request: { ...this.state.request, ...change } })
  );

  constructor() {
    super({ settings: defaultListSettings, request: notRequested });
    this.addActivationHandler(() => {
      const range = subscribeToRange(this, (isRefresh) => (isRefresh ? this.load() : this.loadFirstPage()));
      this.load();
      return () => {
        range.unsubscribe();
        this.latest.cancel();
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

  /** After range or variables changed: what is on page 3 now has nothing to do with what was there before. */
  private loadFirstPage(): void {
    this.setState({ settings: { ...this.state.settings, page: 1 } });
    this.load();
  }

  clearFilters(): void {
    for (const name of Object.values(streamVariableNames)) {
      const variable = sceneGraph.lookupVariable(name, this);
      if (variable instanceof MultiValueVariable) {
        variable.changeValueTo([allValues]);
      }
    }
    this.changeSettings({ text: '', levels: [], page: 1 });
  }

  hasVariableFilters(): boolean {
    return Object.values(streamVariableNames).some((name) => chosenValues(this, name).length > 0);
  }

  load(): void {
    const { text, levels, sort, order, page } = this.state.settings;
    const request = {
      ...requestRangeOf(this),
      service: [...chosenValues(this, streamVariableNames.service)],
      namespace: [...chosenValues(this, streamVariableNames.namespace)],
      level: [...levels],
      text,
      sort,
      order,
      limit: pageSize,
    };
    void this.latest.run(async (signal) => {
      const answer = await serverClient().listClusters({ ...request, offset: (page - 1) * pageSize }, signal);
      if (page === 1 || answer.clusters.length > 0) {
        return answer;
      }
      // A link to a page that is no more: there are fewer clusters now.
      this.setState({ settings: { ...this.state.settings, page: 1 } });
      return serverClient().listClusters({ ...request, offset: 0 }, signal);
    });
  }
}

function ClusterListView({ model }: SceneComponentProps<ClusterList>) {
  const styles = useStyles2(getStyles);
  const { settings, request } = model.useState();
  const { answer, error, isLoading } = request;
  return (
    <div className={styles.page} data-testid={testIds.clusters.page}>
      <ListToolbar settings={settings} onChange={(change) => model.changeSettings({ ...change, page: 1 })} />
      <div className={styles.summary} aria-live="polite">
        {answer && <CoverageNote answer={answer} />}
      </div>
      {error && (
        <ProblemNotice
          error={error}
          onRetry={() => model.load()}
          {...(answer ? { addition: 'The list below is from the last answer.' } : {})}
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
  const styles = useStyles2(getStyles);
  const { settings, request } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const { answer, error } = request;
  if (answer === undefined) {
    return error ? null : <ClusterTableSkeleton />;
  }
  if (answer.clusters.length === 0 && settings.page === 1) {
    const isFiltered = hasFilters(settings) || model.hasVariableFilters();
    return (
      <NoClusters coverage={answer.coverage} isFiltered={isFiltered} onClearFilters={() => model.clearFilters()} />
    );
  }
  const pageCount = Math.max(1, Math.ceil(answer.totalClusterCount / pageSize));
  return (
    <>
      <ClusterTable
        clusters={answer.clusters}
        settings={settings}
        timeZone={timeZone}
        onSort={(sort) => model.changeSettings({ ...nextSort(settings, sort), page: 1 })}
      />
      <nav className={styles.pages} aria-label="Pages of clusters">
        <Pagination
          currentPage={settings.page}
          numberOfPages={pageCount}
          hideWhenSinglePage
          onNavigate={(page) => model.changeSettings({ page })}
        />
      </nav>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    summary: css({ minHeight: 22, display: 'flex', alignItems: 'center' }),
    body: css({ position: 'relative', minHeight: 240 }),
    bar: css({
      position: 'absolute',
      insetInline: 0,
      top: -2,
      height: 2,
      overflow: 'hidden',
      '& > div': { width: '100%' },
    }),
    pages: css({ display: 'flex', justifyContent: 'flex-end', paddingTop: theme.spacing(2) }),
  };
}
