import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneComponentProps } from '@grafana/scenes';
import { LoadingBar, useStyles2 } from '@grafana/ui';
import React, { useRef } from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { reachableCount } from './cluster-window';
import { ClusterTable } from './ClusterTable';
import { ClusterTableSkeleton } from './ClusterTableSkeleton';
import { cursorAt } from './cursor';
import { ListActions } from './ListActions';
import { ListNews } from './ListNews';
import type { ClusterListModel } from './list-model';
import { ListToolbar } from './ListToolbar';
import { hasFilters, nextSort } from './list-settings';
import { NoClusters } from './NoClusters';

export function ClusterListView({ model }: SceneComponentProps<ClusterListModel>) {
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
        timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
        onChange={(change) => model.changeSettings(change)}
        onSeen={() => model.refresh()}
        exportContent={() => model.exportContent()}
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

function ListBody({ model }: { model: ClusterListModel }) {
  const { settings, request, window, selection, cursor } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const { answer, error } = request;
  if (answer === undefined) {
    return error ? null : <ClusterTableSkeleton />;
  }
  if (answer.totalClusterCount === 0) {
    const isFiltered = hasFilters(settings) || model.hasVariableFilters();
    return (
      <NoClusters
        coverage={answer.coverage}
        isFiltered={isFiltered}
        timeZone={timeZone}
        onClearFilters={() => model.clearFilters()}
      />
    );
  }
  return (
    <ClusterTable
      window={window}
      rowCount={reachableCount(answer.totalClusterCount)}
      settings={settings}
      selection={selection}
      cursor={cursor?.row}
      timeZone={timeZone}
      onSort={(sort) => model.changeSettings(nextSort(settings, sort))}
      onSelect={(next) => model.setState({ selection: next })}
      onMoveCursor={(row) => model.setState({ cursor: cursorAt(window, row) })}
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
