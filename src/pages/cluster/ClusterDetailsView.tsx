import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneComponentProps } from '@grafana/scenes';
import { LoadingBar, Tab, TabsBar, useStyles2 } from '@grafana/ui';
import type { GetClusterResponse } from '@loghunter/contracts';
import React, { useMemo } from 'react';
import { useLive } from '../../api/live';
import { requestRangeOf } from '../../scenes/request-range';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { sideColumns } from '../../ui/side-columns';
import type { ClusterModel } from './cluster-model';
import { ClusterFacts } from './ClusterFacts';
import { ClusterHeader } from './ClusterHeader';
import { ClusterHistory } from './ClusterHistory';
import { ClusterReleases } from './ClusterReleases';
import { ClusterSkeleton } from './ClusterSkeleton';
import { FigureLogql, FigureSourceContext } from './FigureLogql';
import { LabelConcentration } from './LabelConcentration';
import { LineList } from './LineList';
import { RelatedClusters } from './RelatedClusters';
import { StackTrace } from './StackTrace';
import { TraceClusters } from './TraceClusters';
import { VariableValues } from './VariableValues';

export function ClusterDetailsView({ model }: SceneComponentProps<ClusterModel>) {
  const styles = useStyles2(getStyles);
  const { details } = model.useState();
  const { answer, error, isLoading } = details;
  useClusterNews(model);
  if (answer === undefined) {
    return error ? (
      <div className={styles.page}>
        <ProblemNotice error={error} onRetry={() => model.load()} />
      </div>
    ) : (
      <ClusterSkeleton />
    );
  }
  return (
    <div className={styles.page} data-testid={testIds.cluster.page} aria-busy={isLoading}>
      <div className={styles.bar}>{isLoading && <LoadingBar width={400} />}</div>
      {error && (
        <ProblemNotice
          error={error}
          onRetry={() => model.load()}
          addition={t('cluster.page.stale', 'What is shown is from the last answer.')}
        />
      )}
      <LoadedCluster model={model} answer={answer} />
    </div>
  );
}

/** From the first question on, not from its answer: what changes between them is heard of. */
function useClusterNews(model: ClusterModel): void {
  useLive(({ topic, ids }) => {
    const { clusterId, details } = model.state;
    const isAboutThis = ids.includes(details.answer?.cluster.id ?? clusterId);
    if (topic === 'cluster-rule' && isAboutThis) {
      model.load();
    }
    if (topic === 'gap' || (topic === 'cluster-work' && isAboutThis)) {
      model.reloadDetails();
    }
    if (topic === 'gap' || ((topic === 'cluster-work' || topic === 'comment') && isAboutThis)) {
      model.loadHistory();
    }
  });
}

interface LoadedClusterProps {
  readonly model: ClusterModel;
  readonly answer: GetClusterResponse;
}

function LoadedCluster({ model, answer }: LoadedClusterProps) {
  const styles = useStyles2(getStyles);
  const { labels, variables, trend, settings } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const source = useMemo(() => ({ clusterId: answer.cluster.id, model }), [answer.cluster.id, model]);
  return (
    <FigureSourceContext.Provider value={source}>
      <ClusterHeader answer={answer} model={model} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <section
            className={styles.trend}
            data-testid={testIds.cluster.trend}
            aria-label={t('cluster.page.trend', 'Events over time')}
          >
            {trend && <trend.Component model={trend} />}
            <div className={styles.trendQuery}>
              <FigureLogql name={t('cluster.trend.title', 'Events by level')} pick={({ figures }) => figures?.trend} />
            </div>
          </section>
          <CoverageLine range={requestRangeOf(model)} timeZone={timeZone} />
          <StackTrace cluster={answer.cluster} samples={answer.samples} />
          <ViewTabs model={model} answer={answer} timeZone={timeZone} />
        </div>
        <aside className={styles.side} aria-label={t('cluster.page.side', 'Facts, values and labels')}>
          <ClusterFacts answer={answer} timeZone={timeZone} />
          <ClusterReleases clusterId={answer.cluster.id} range={requestRangeOf(model)} timeZone={timeZone} />
          <VariableValues
            request={variables}
            chosen={settings.lineText}
            onChoose={(lineText) => model.changeSettings({ lineText, view: 'lines' })}
            onRetry={() => model.loadVariables()}
          />
          <LabelConcentration request={labels} onRetry={() => model.load()} />
        </aside>
      </div>
    </FigureSourceContext.Provider>
  );
}

function ViewTabs({ model, answer, timeZone }: LoadedClusterProps & { timeZone: string }) {
  const styles = useStyles2(getStyles);
  const { settings, lines, lineLimit, history } = model.useState();
  const entryCount = history.answer?.entries.length;
  return (
    <div>
      <TabsBar className={styles.tabs}>
        <Tab
          label={t('cluster.view.lines', 'Lines')}
          active={settings.view === 'lines'}
          onChangeTab={() => model.changeSettings({ view: 'lines' })}
        />
        <Tab
          label={t('cluster.view.related', 'Related clusters')}
          active={settings.view === 'related'}
          onChangeTab={() => model.changeSettings({ view: 'related' })}
        />
        <Tab
          label={t('cluster.view.history', 'History and comments')}
          active={settings.view === 'history'}
          {...(entryCount === undefined ? {} : { counter: entryCount })}
          onChangeTab={() => model.changeSettings({ view: 'history' })}
        />
      </TabsBar>
      {settings.view === 'related' && (
        <div className={styles.related}>
          <RelatedClusters clusterId={answer.cluster.id} model={model} />
          <TraceClusters clusterId={answer.cluster.id} model={model} />
        </div>
      )}
      {settings.view === 'lines' && (
        <LineList
          request={lines}
          answer={answer}
          limit={lineLimit}
          timeZone={timeZone}
          text={settings.lineText}
          linkedAt={settings.lineAt}
          onClearText={() => model.changeSettings({ lineText: '' })}
          onLoadMore={(limit) => model.loadLines(limit)}
          onRetry={() => model.loadLines()}
        />
      )}
      {settings.view === 'history' && (
        <ClusterHistory
          clusterId={answer.cluster.id}
          request={history}
          timeZone={timeZone}
          onChanged={() => model.loadHistory()}
        />
      )}
    </div>
  );
}

/** The page's own width counts, not the window's: the menu may be open. */
const narrow = '@container (max-width: 1000px)';

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({
      position: 'relative',
      width: '100%',
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      containerType: 'inline-size',
    }),
    bar: css({
      position: 'absolute',
      insetInline: 0,
      top: -4,
      height: 2,
      overflow: 'hidden',
      '& > div': { width: '100%' },
    }),
    related: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
    trendQuery: css({ position: 'absolute', top: theme.spacing(1), right: theme.spacing(1), zIndex: 1 }),
    columns: sideColumns(theme).columns,
    // When narrow, the two columns become one in which the long list of lines comes last.
    main: css({
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      minWidth: 0,
      [narrow]: { display: 'contents', '& > :last-child': { order: 1 } },
    }),
    side: css({
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      minWidth: 0,
      [narrow]: { display: 'contents', '& > :first-child': { order: -1 } },
    }),
    trend: css({ height: 260, display: 'flex', position: 'relative' }),
    tabs: css({ marginBottom: theme.spacing(1) }),
  };
}
