// Two time ranges beside each other: a scene object that asks for the comparison, and the component that draws it.
import { css } from '@emotion/css';
import { dateTime, type GrafanaTheme2 } from '@grafana/data';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  VariableDependencyConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { LoadingBar, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { CompareClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { createLatestRequest, notRequested, type RequestState } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { ChangeTable } from './ChangeTable';
import { ComparisonSides } from './ComparisonSides';
import { CompareToolbar } from './CompareToolbar';
import {
  baselineRange,
  compareSettingsFromUrl,
  compareSettingsToUrl,
  compareUrlKeys,
  defaultCompareSettings,
  type CompareSettings,
  type MsRange,
} from './compare-settings';
import { firstChangeLimit } from './change-limits';
import { NoChanges } from './NoChanges';
import { RangeGraph } from './RangeGraph';

interface ComparisonState extends SceneObjectState {
  settings: CompareSettings;
  limit: number;
  request: RequestState<CompareClustersResponse>;
}

export class Comparison extends SceneObjectBase<ComparisonState> {
  static Component = ComparisonView;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: compareUrlKeys });

  protected override _variableDependency = new VariableDependencyConfig<ComparisonState>(this, {
    variableNames: Object.values(streamVariableNames),
    onReferencedVariableValueChanged: () => this.load(),
  });

  private readonly latest = createLatestRequest<CompareClustersResponse>((change) =>
    this.setState({ request: { ...this.state.request, ...change } })
  );

  constructor() {
    super({ settings: defaultCompareSettings, limit: firstChangeLimit, request: notRequested });
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
    return compareSettingsToUrl(this.state.settings);
  }

  updateFromUrl(values: SceneObjectUrlValues): void {
    this.setState({ settings: compareSettingsFromUrl({ ...this.getUrlState(), ...values }) });
    if (this.isActive) {
      this.load();
    }
  }

  changeSettings(change: Partial<CompareSettings>): void {
    const settings = { ...this.state.settings, ...change };
    this._urlSync.performBrowserHistoryAction?.(() => this.setState({ settings, limit: firstChangeLimit }));
    this.load();
  }

  /** The later range, as the time picker has it. */
  afterRange(): MsRange {
    const { from, to } = requestRangeOf(this);
    return { fromMs: Number(from), toMs: Number(to) };
  }

  /** Both ranges at once, such as those around a deploy or those that were drawn. */
  chooseRanges({ before, after }: { readonly before: MsRange; readonly after: MsRange }): void {
    const [from, to] = [dateTime(after.fromMs), dateTime(after.toMs)];
    const settings: CompareSettings = { ...this.state.settings, baseline: 'custom', custom: before };
    this._urlSync.performBrowserHistoryAction?.(() => {
      this.setState({ settings, limit: firstChangeLimit });
      sceneGraph.getTimeRange(this).onTimeRangeChange({ from, to, raw: { from, to } });
    });
    this.load();
  }

  load(limit = this.state.limit): void {
    this.setState({ limit });
    const { settings } = this.state;
    const before = baselineRange(settings, this.afterRange());
    const request = {
      ...requestRangeOf(this),
      beforeFrom: String(before.fromMs),
      beforeTo: String(before.toMs),
      service: [...chosenValues(this, streamVariableNames.service)],
      namespace: [...chosenValues(this, streamVariableNames.namespace)],
      level: [],
      kind: [...settings.kinds],
      limit,
    };
    void this.latest.run((signal) => serverClient().compareClusters(request, signal));
  }
}

function ComparisonView({ model }: SceneComponentProps<Comparison>) {
  const styles = useStyles2(getStyles);
  const { settings, request } = model.useState();
  const { answer, error, isLoading } = request;
  return (
    <div className={styles.page} data-testid={testIds.compare.page}>
      <CompareToolbar
        settings={settings}
        after={model.afterRange()}
        timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
        onChange={(change) => model.changeSettings(change)}
        onChooseRanges={(ranges) => model.chooseRanges(ranges)}
      />
      <RangeGraph
        ranges={{ before: baselineRange(settings, model.afterRange()), after: model.afterRange() }}
        services={chosenValues(model, streamVariableNames.service)}
        namespaces={chosenValues(model, streamVariableNames.namespace)}
        timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
        onChange={(ranges) => model.chooseRanges(ranges)}
      />
      {error && (
        <ProblemNotice
          error={error}
          onRetry={() => model.load()}
          {...(answer ? { addition: t('compare.stale', 'What is shown is from the last answer.') } : {})}
        />
      )}
      <div className={styles.bar}>{isLoading && answer && <LoadingBar width={400} />}</div>
      {answer === undefined && !error && <LoadingPlaceholder text={t('compare.loading', 'Comparing …')} />}
      {answer && <LoadedComparison model={model} answer={answer} />}
    </div>
  );
}

function LoadedComparison({ model, answer }: { model: Comparison; answer: CompareClustersResponse }) {
  const { settings, request, limit } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  return (
    <>
      <ComparisonSides answer={answer} timeZone={timeZone} />
      {answer.changes.length === 0 ? (
        <NoChanges
          answer={answer}
          isFiltered={settings.kinds.length > 0}
          onClearKinds={() => model.changeSettings({ kinds: [] })}
        />
      ) : (
        <ChangeTable
          answer={answer}
          limit={limit}
          isLoading={request.isLoading}
          onLoadMore={(more) => model.load(more)}
        />
      )}
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
    bar: css({ height: 2, overflow: 'hidden', '& > div': { width: '100%' } }),
  };
}
