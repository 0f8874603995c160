// The search: a scene object that keeps what is looked for in the URL and what was found, and the component that draws it.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  VariableDependencyConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { EmptyState, LoadingBar, useStyles2 } from '@grafana/ui';
import type { SearchLogsRequest, SearchLogsResponse } from '@loghunter/contracts';
import React from 'react';
import { createLatestRequest, notRequested, type RequestState } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { joinAnswers } from './found';
import { SavedSearches } from './SavedSearches';
import { SearchForm } from './SearchForm';
import { SearchResults } from './SearchResults';
import {
  asksSomething,
  defaultSearchSettings,
  searchFromUrl,
  searchToUrl,
  searchUrlKeys,
  type SearchSettings,
} from './search-settings';

interface LogSearchState extends SceneObjectState {
  settings: SearchSettings;
  request: RequestState<SearchLogsResponse>;
}

/** Lines read for the first answer; more come on request. */
const firstLimit = 1000;

export class LogSearch extends SceneObjectBase<LogSearchState> {
  static Component = LogSearchView;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: searchUrlKeys });

  protected override _variableDependency = new VariableDependencyConfig<LogSearchState>(this, {
    variableNames: Object.values(streamVariableNames),
    onReferencedVariableValueChanged: () => this.load(),
  });

  private readonly latest = createLatestRequest<SearchLogsResponse>((change) =>
    this.setState({ request: { ...this.state.request, ...change } })
  );

  constructor() {
    super({ settings: defaultSearchSettings, request: notRequested });
    this.addActivationHandler(() => {
      const range = subscribeToRange(this, () => this.load());
      this.load();
      return () => {
        range.unsubscribe();
        this.latest.cancel();
      };
    });
  }

  getUrlState(): SceneObjectUrlValues {
    return searchToUrl(this.state.settings);
  }

  updateFromUrl(values: SceneObjectUrlValues): void {
    this.setState({ settings: searchFromUrl({ ...this.getUrlState(), ...values }) });
    if (this.isActive) {
      this.load();
    }
  }

  search(settings: SearchSettings): void {
    this._urlSync.performBrowserHistoryAction?.(() => this.setState({ settings }));
    this.load();
  }

  load(): void {
    if (!asksSomething(this.state.settings)) {
      this.latest.cancel();
      this.setState({ request: notRequested });
      return;
    }
    const request = { ...this.request(), limit: firstLimit };
    void this.latest.run((signal) => serverClient().searchLogs(request, signal));
  }

  loadOlder(): void {
    const before = this.state.request.answer;
    if (before === undefined || before.nextBefore === null) {
      return;
    }
    const request = { ...this.request(), limit: firstLimit, before: before.nextBefore };
    void this.latest.run(async (signal) => joinAnswers(before, await serverClient().searchLogs(request, signal)));
  }

  /** What is asked now, without limits. */
  request(): SearchLogsRequest {
    const { mode, text, logql, levels } = this.state.settings;
    return {
      ...requestRangeOf(this),
      service: [...chosenValues(this, streamVariableNames.service)],
      namespace: [...chosenValues(this, streamVariableNames.namespace)],
      level: [...levels],
      ...(mode === 'logql' ? { query: logql } : text.trim() === '' ? {} : { text: text.trim() }),
    };
  }
}

function LogSearchView({ model }: SceneComponentProps<LogSearch>) {
  const styles = useStyles2(getStyles);
  const { settings, request } = model.useState();
  const { answer, error, isLoading } = request;
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  return (
    <div className={styles.page} data-testid={testIds.search.page}>
      <SearchForm
        key={JSON.stringify(settings)}
        settings={settings}
        isLoading={isLoading}
        range={() => requestRangeOf(model)}
        onSearch={(wanted) => model.search(wanted)}
      />
      <SavedSearches request={() => model.request()} settings={settings} />
      <div className={styles.bar}>{isLoading && <LoadingBar width={400} />}</div>
      {error && <ProblemNotice error={error} onRetry={() => model.load()} />}
      {answer === undefined && !isLoading && error === undefined && <NothingAsked />}
      {answer && (
        <SearchResults
          answer={answer}
          isLoading={isLoading}
          timeZone={timeZone}
          request={() => model.request()}
          onOlder={() => model.loadOlder()}
        />
      )}
    </div>
  );
}

function NothingAsked() {
  return (
    <EmptyState variant="call-to-action" message={t('search.nothing-asked', 'Look for lines')} hideImage>
      {t(
        'search.nothing-asked-note',
        'Enter part of a line, choose levels, or write LogQL. What is found is grouped by what it says.'
      )}
    </EmptyState>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
    bar: css({ height: 2, overflow: 'hidden', '& > div': { width: '100%' } }),
  };
}
