import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneComponentProps } from '@grafana/scenes';
import { EmptyState, LoadingBar, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { CompareClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { ChangeTable } from './ChangeTable';
import { ComparisonSides } from './ComparisonSides';
import { CompareToolbar } from './CompareToolbar';
import { baselineRange, isComparable, type CompareSettings } from './compare-settings';
import { NoChanges } from './NoChanges';
import { RangeGraph } from './RangeGraph';
import { sideNames } from './side-names';
import type { ComparisonModel } from './comparison-model';

export function ComparisonView({ model }: SceneComponentProps<ComparisonModel>) {
  const styles = useStyles2(getStyles);
  const { settings, request } = model.useState();
  const { answer, error, isLoading } = request;
  return (
    <div className={styles.page} data-testid={testIds.compare.page}>
      <CompareToolbar
        settings={settings}
        after={model.afterRange()}
        timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
        deploy={answer?.deploy ?? undefined}
        onChange={(change) => model.changeSettings(change)}
        onChooseRanges={(ranges, deploy) => model.chooseRanges(ranges, deploy)}
      />
      {settings.subject === 'time' && (
        <RangeGraph
          ranges={{ before: baselineRange(settings, model.afterRange()), after: model.afterRange() }}
          services={chosenValues(model, streamVariableNames.service)}
          namespaces={chosenValues(model, streamVariableNames.namespace)}
          timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
          onChange={(ranges) => model.chooseRanges(ranges)}
        />
      )}
      {!isComparable(settings) && <NothingChosen />}
      {error && (
        <ProblemNotice
          error={error}
          onRetry={() => model.load()}
          {...(answer ? { addition: t('compare.stale', 'What is shown is from the last answer.') } : {})}
        />
      )}
      <div className={styles.bar}>{isLoading && answer && <LoadingBar width={400} />}</div>
      {answer === undefined && !error && isLoading && <LoadingPlaceholder text={t('compare.loading', 'Comparing …')} />}
      {answer && <LoadedComparison model={model} answer={answer} />}
    </div>
  );
}

function LoadedComparison({ model, answer }: { model: ComparisonModel; answer: CompareClustersResponse }) {
  const { settings, request, limit } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  return (
    <>
      <ComparedCoverage settings={settings} answer={answer} timeZone={timeZone} />
      <ComparisonSides answer={answer} names={sideNames(settings, answer)} timeZone={timeZone} />
      {answer.changes.length === 0 ? (
        <NoChanges
          answer={answer}
          isFiltered={settings.kinds.length > 0}
          onClearKinds={() => model.changeSettings({ kinds: [] })}
        />
      ) : (
        <ChangeTable
          answer={answer}
          names={sideNames(settings, answer)}
          limit={limit}
          isLoading={request.isLoading}
          onLoadMore={(more) => model.load(more)}
        />
      )}
    </>
  );
}

interface ComparedCoverageProps {
  readonly settings: CompareSettings;
  readonly answer: CompareClustersResponse;
  readonly timeZone: string;
}

/** What the numbers of both sides rest on; said once where both are of one range. */
function ComparedCoverage({ settings, answer, timeZone }: ComparedCoverageProps) {
  const { before, after } = answer;
  const names = sideNames(settings, answer);
  return before.range.from === after.range.from && before.range.to === after.range.to ? (
    <CoverageLine range={after.range} timeZone={timeZone} />
  ) : (
    <div>
      <CoverageLine range={before.range} timeZone={timeZone} label={names.before} />
      <CoverageLine range={after.range} timeZone={timeZone} label={names.after} />
    </div>
  );
}

function NothingChosen() {
  return (
    <EmptyState variant="call-to-action" message={t('compare.choose.title', 'Choose two sides')} hideImage>
      {t(
        'compare.choose.detail',
        'Two services are compared by what their clusters say; two values of a label, such as two releases, zones or pods, by their clusters.'
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
