import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { EmptyState, useStyles2 } from '@grafana/ui';
import type { Deploy, GetOverviewResponse, ListIncidentsResponse } from '@loghunter/contracts';
import React, { useEffect, useReducer } from 'react';
import { useLive } from '../../api/live';
import { serverClient } from '../../api/server-client';
import { useRefresh, useRequest } from '../../api/use-request';
import { moveRangeOn, requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import type { UrlPageViewProps } from '../../scenes/UrlPage';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { PageBody } from '../../ui/PageBody';
import { EventsGraph } from './EventsGraph';
import { NewestClusters } from './NewestClusters';
import { NewestIncidents } from './NewestIncidents';
import type { OverviewSettings, SourceSort } from './overview-settings';
import { OverviewFigures } from './OverviewFigures';
import { OverviewSourceContext, overviewFilterOf } from './OverviewLogql';
import { SourceTable } from './SourceTable';

interface Answers {
  readonly overview: GetOverviewResponse;
  /** Absent when they could not be asked for: the rest is worth showing. */
  readonly incidents: ListIncidentsResponse | undefined;
  /** None when they could not be asked for. */
  readonly deploys: readonly Deploy[];
}

/** Minutes close all the time; half a minute is soon enough to see it. */
const refreshMs = 30_000;

export function Overview({ model, settings, onChange }: UrlPageViewProps<OverviewSettings>) {
  const range = useRange(model);
  const filter = overviewFilterOf(model);
  const request = useRequest<Answers>(JSON.stringify({ range, filter }), (signal) =>
    loadOverview({ ...requestRangeOf(model), ...filter }, signal)
  );
  function look() {
    if (!moveRangeOn(model)) {
      request.reload();
    }
  }
  useRefresh(look, refreshMs);
  useLive(({ topic }) => (topic === 'incident' || topic === 'gap' ? look() : undefined));
  return (
    <PageBody request={request} testId={testIds.overview.page} loadingLabel={t('overview.loading', 'Loading overview')}>
      {(answers) => (
        <OverviewSourceContext.Provider value={model}>
          <LoadedOverview
            answers={answers}
            sort={settings.sort}
            onSort={(sort) => onChange({ sort })}
            timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
          />
        </OverviewSourceContext.Provider>
      )}
    </PageBody>
  );
}

/** Draws anew when range or variables change; the range as it was chosen, so that "last hour" stays the same question. */
function useRange(model: SceneObject): string {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const range = subscribeToRange(model, redraw);
    const variables = sceneGraph
      .getVariables(model)
      .state.variables.map((variable) => variable.subscribeToState(redraw));
    return () => {
      range.unsubscribe();
      variables.forEach((variable) => variable.unsubscribe());
    };
  }, [model]);
  const { from, to, value } = sceneGraph.getTimeRange(model).state;
  return `${from} ${to} ${value.from.valueOf()}`;
}

async function loadOverview(
  request: Parameters<ReturnType<typeof serverClient>['getOverview']>[0],
  signal: AbortSignal
): Promise<Answers> {
  const { from, to, service } = request;
  const [overview, incidents, deploys] = await Promise.allSettled([
    serverClient().getOverview(request, signal),
    serverClient().listIncidents({ from, to, service, severity: [], kind: [], limit: 5 }, signal),
    serverClient().listDeploys({ from, to, service }, signal),
  ]);
  if (overview.status === 'rejected') {
    throw overview.reason;
  }
  return {
    overview: overview.value,
    incidents: incidents.status === 'fulfilled' ? incidents.value : undefined,
    deploys: deploys.status === 'fulfilled' ? deploys.value.deploys : [],
  };
}

interface LoadedOverviewProps {
  readonly answers: Answers;
  readonly sort: SourceSort;
  readonly onSort: (sort: SourceSort) => void;
  readonly timeZone: string;
}

function LoadedOverview({ answers, sort, onSort, timeZone }: LoadedOverviewProps) {
  const styles = useStyles2(getStyles);
  const { overview, incidents, deploys } = answers;
  if (overview.coverage.readUpTo === null) {
    return (
      <div data-testid={testIds.empty}>
        <EmptyState
          variant="call-to-action"
          hideImage
          message={t('overview.empty.title', 'No logs have been read yet')}
        >
          {t('overview.empty.detail', 'The first figures appear within a minute or two of the server’s start.')}
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <OverviewFigures overview={overview} incidents={incidents} />
      <CoverageLine range={overview.range} timeZone={timeZone} />
      <EventsGraph overview={overview} deploys={deploys} />
      <div className={styles.lists}>
        <div className={styles.list}>
          <NewestIncidents incidents={incidents} timeZone={timeZone} />
          <SourceTable overview={overview} sort={sort} onSort={onSort} />
        </div>
        <NewestClusters clusters={overview.newestClusters} timeZone={timeZone} />
      </div>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    lists: css({
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
      alignItems: 'start',
      gap: theme.spacing(2),
      '@container (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
    }),
    list: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 }),
  };
}
