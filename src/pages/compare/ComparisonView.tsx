import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneComponentProps } from '@grafana/scenes';
import { LoadingBar, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { CompareClustersResponse } from '@loghunter/contracts';
import React from 'react';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { ChangeTable } from './ChangeTable';
import { ComparisonSides } from './ComparisonSides';
import { CompareToolbar } from './CompareToolbar';
import { baselineRange } from './compare-settings';
import { NoChanges } from './NoChanges';
import { RangeGraph } from './RangeGraph';
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

function LoadedComparison({ model, answer }: { model: ComparisonModel; answer: CompareClustersResponse }) {
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
