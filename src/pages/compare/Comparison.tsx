// Two time ranges beside each other: a scene object that asks for the comparison, and the component that draws it.
import { dateTime } from '@grafana/data';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  VariableDependencyConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import type { CompareClustersResponse } from '@loghunter/contracts';
import { createLatestRequest, notRequested } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import {
  compareSettingsFromUrl,
  compareSettingsToUrl,
  compareUrlKeys,
  defaultCompareSettings,
  isComparable,
  sidesOf,
  type CompareSettings,
  type MsRange,
} from './compare-settings';
import { firstChangeLimit } from './change-limits';
import { lazyView } from '../../ui/LazyView';
import type { ComparisonModel, ComparisonState } from './comparison-model';

export class Comparison extends SceneObjectBase<ComparisonState> implements ComparisonModel {
  static Component = lazyView(async () => (await import('./ComparisonView')).ComparisonView);

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: compareUrlKeys });

  protected override _variableDependency = new VariableDependencyConfig<ComparisonState>(this, {
    variableNames: Object.values(streamVariableNames),
    onReferencedVariableValueChanged: () => this.load(),
  });

  private readonly latest = createLatestRequest<CompareClustersResponse>((change) =>
    this.setState({ request: { ...this.state.request, ...change } })
  );

  /** Both ranges are being set at once. */
  private isChoosing = false;
  private askedSides = '';
  /** What was asked last. */
  private asked = '';

  constructor() {
    super({ settings: defaultCompareSettings, limit: firstChangeLimit, request: notRequested });
    this.addActivationHandler(() => {
      const range = subscribeToRange(this, (isRefresh) => this.handleRange(isRefresh));
      this.load();
      return () => {
        range.unsubscribe();
        this.latest.cancel();
        this.asked = '';
      };
    });
  }

  /** A range that was chosen by hand is no longer the one around a deploy. */
  private handleRange(isRefresh: boolean): void {
    if (!isRefresh && !this.isChoosing && this.state.settings.deploy !== '') {
      this.setState({ settings: { ...this.state.settings, deploy: '' } });
    }
    if (isRefresh) {
      this.asked = '';
    }
    this.load();
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
  chooseRanges({ before, after }: { readonly before: MsRange; readonly after: MsRange }, deploy = ''): void {
    const [from, to] = [dateTime(after.fromMs), dateTime(after.toMs)];
    const settings: CompareSettings = { ...this.state.settings, baseline: 'custom', custom: before, deploy };
    this._urlSync.performBrowserHistoryAction?.(() => {
      this.isChoosing = true;
      this.setState({ settings, limit: firstChangeLimit });
      sceneGraph.getTimeRange(this).onTimeRangeChange({ from, to, raw: { from, to } });
      this.isChoosing = false;
    });
    this.load();
  }

  load(limit = this.state.limit): void {
    this.setState({ limit });
    const { settings } = this.state;
    if (!isComparable(settings)) {
      this.latest.cancel();
      this.asked = '';
      this.setState({ request: notRequested });
      return;
    }
    this.dropOtherSides();
    const request = {
      ...requestRangeOf(this),
      service: [...chosenValues(this, streamVariableNames.service)],
      namespace: [...chosenValues(this, streamVariableNames.namespace)],
      level: [],
      kind: [...settings.kinds],
      limit,
      ...sidesOf(settings, this.afterRange()),
    };
    const question = JSON.stringify(request);
    // Variables tell of their values again when their options come: the same comparison would cost as much once more.
    if (question === this.asked && this.state.request.error === undefined) {
      return;
    }
    this.asked = question;
    void this.latest.run((signal) => serverClient().compareClusters(request, signal));
  }

  /** Figures of two services or values would stand under the names of two others until the answer comes, or for good when none does. */
  private dropOtherSides(): void {
    const { subject, label, left, right } = this.state.settings;
    const sides = JSON.stringify(subject === 'time' ? [subject] : [subject, label, left, right]);
    if (sides !== this.askedSides) {
      this.askedSides = sides;
      this.setState({ request: notRequested });
    }
  }
}
