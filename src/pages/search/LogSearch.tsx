// The search: a scene object that keeps what is looked for in the URL and what was found, and the component that draws it.
import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  VariableDependencyConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import type { SearchLogsRequest, SearchLogsResponse } from '@loghunter/contracts';
import { createLatestRequest, notRequested } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import { joinAnswers } from './found';
import {
  asksSomething,
  defaultSearchSettings,
  searchFromUrl,
  searchToUrl,
  searchUrlKeys,
  type SearchSettings,
} from './search-settings';
import { lazyView } from '../../ui/LazyView';
import type { LogSearchModel, LogSearchState } from './search-model';

/** Lines read for the first answer; more come on request. */
const firstLimit = 1000;

export class LogSearch extends SceneObjectBase<LogSearchState> implements LogSearchModel {
  static Component = lazyView(async () => (await import('./LogSearchView')).LogSearchView);

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: searchUrlKeys });

  protected override _variableDependency = new VariableDependencyConfig<LogSearchState>(this, {
    variableNames: Object.values(streamVariableNames),
    onReferencedVariableValueChanged: () => this.load(),
  });

  private readonly latest = createLatestRequest<SearchLogsResponse>((change) =>
    this.setState({ request: { ...this.state.request, ...change } })
  );

  /** What was asked last. */
  private asked = '';

  constructor() {
    super({ settings: defaultSearchSettings, request: notRequested });
    this.addActivationHandler(() => {
      const range = subscribeToRange(this, (isRefresh) => (isRefresh ? this.reload() : this.load()));
      this.load();
      return () => {
        range.unsubscribe();
        this.cancel();
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
    this.reload();
  }

  /** Asks once more, also for the same. */
  reload(): void {
    this.asked = '';
    this.load();
  }

  cancel(): void {
    this.latest.cancel();
    this.asked = '';
  }

  load(): void {
    if (!asksSomething(this.state.settings)) {
      this.cancel();
      this.setState({ request: notRequested });
      return;
    }
    const request = { ...this.request(), limit: firstLimit };
    const question = JSON.stringify(request);
    // Variables tell of their values again when their options come: the same search would cost the log store as much once more.
    if (question === this.asked && this.state.request.error === undefined) {
      return;
    }
    this.asked = question;
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
