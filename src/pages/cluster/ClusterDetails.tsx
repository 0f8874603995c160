// One cluster: a scene object that loads its facts, labels and lines, and the component that lays them out.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  SceneAppPage,
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type VizPanel,
} from '@grafana/scenes';
import { LoadingBar, useStyles2 } from '@grafana/ui';
import type { GetClusterResponse, ListClusterLabelsResponse, ListClusterLinesResponse } from '@loghunter/contracts';
import React from 'react';
import { createLatestRequest, notRequested, type RequestState } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { requestRangeOf, subscribeToRange } from '../../scenes/request-range';
import { testIds } from '../../test-ids';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { ClusterFacts } from './ClusterFacts';
import { ClusterHeader } from './ClusterHeader';
import { ClusterSkeleton } from './ClusterSkeleton';
import { ClusterTitle, clusterName } from './ClusterTitle';
import { LabelConcentration } from './LabelConcentration';
import { LineList } from './LineList';
import { firstLineLimit } from './line-limits';
import { createTrendPanel } from './trend-panel';

interface ClusterDetailsState extends SceneObjectState {
  clusterId: string;
  details: RequestState<GetClusterResponse>;
  labels: RequestState<ListClusterLabelsResponse>;
  lines: RequestState<ListClusterLinesResponse>;
  lineLimit: number;
  trend: VizPanel;
}

export class ClusterDetails extends SceneObjectBase<ClusterDetailsState> {
  static Component = ClusterDetailsView;

  private readonly requests = {
    details: createLatestRequest<GetClusterResponse>((change) =>
      this.setState({ details: { ...this.state.details, ...change } })
    ),
    labels: createLatestRequest<ListClusterLabelsResponse>((change) =>
      this.setState({ labels: { ...this.state.labels, ...change } })
    ),
    lines: createLatestRequest<ListClusterLinesResponse>((change) =>
      this.setState({ lines: { ...this.state.lines, ...change } })
    ),
  };

  constructor(clusterId: string) {
    super({
      clusterId,
      details: notRequested,
      labels: notRequested,
      lines: notRequested,
      lineLimit: firstLineLimit,
      trend: createTrendPanel(clusterId),
    });
    this.addActivationHandler(() => {
      const range = subscribeToRange(this, () => this.load());
      this.load();
      return () => {
        range.unsubscribe();
        Object.values(this.requests).forEach((request) => request.cancel());
      };
    });
  }

  load(): void {
    const request = { id: this.state.clusterId, ...requestRangeOf(this) };
    const client = serverClient();
    void this.requests.details.run(async (signal) => {
      const answer = await client.getCluster(request, signal);
      this.nameThePage(answer);
      return answer;
    });
    void this.requests.labels.run((signal) => client.listClusterLabels(request, signal));
    this.loadLines();
  }

  loadLines(lineLimit = this.state.lineLimit): void {
    this.setState({ lineLimit });
    const request = { id: this.state.clusterId, ...requestRangeOf(this), limit: lineLimit };
    void this.requests.lines.run((signal) => serverClient().listClusterLines(request, signal));
  }

  private nameThePage({ cluster }: GetClusterResponse): void {
    sceneGraph
      .getAncestor(this, SceneAppPage)
      .setState({ title: clusterName(cluster), renderTitle: () => <ClusterTitle cluster={cluster} /> });
  }
}

function ClusterDetailsView({ model }: SceneComponentProps<ClusterDetails>) {
  const styles = useStyles2(getStyles);
  const { details } = model.useState();
  const { answer, error, isLoading } = details;
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
        <ProblemNotice error={error} onRetry={() => model.load()} addition="What is shown is from the last answer." />
      )}
      <LoadedCluster model={model} answer={answer} />
    </div>
  );
}

function LoadedCluster({ model, answer }: { model: ClusterDetails; answer: GetClusterResponse }) {
  const styles = useStyles2(getStyles);
  const { labels, lines, lineLimit, trend } = model.useState();
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  return (
    <>
      <ClusterHeader answer={answer} model={model} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <section className={styles.trend} data-testid={testIds.cluster.trend} aria-label="Events over time">
            <trend.Component model={trend} />
          </section>
          <LineList
            request={lines}
            samples={answer.samples}
            limit={lineLimit}
            timeZone={timeZone}
            onLoadMore={(limit) => model.loadLines(limit)}
            onRetry={() => model.loadLines()}
          />
        </div>
        <aside className={styles.side}>
          <ClusterFacts cluster={answer.cluster} timeZone={timeZone} />
          <LabelConcentration request={labels} onRetry={() => model.load()} />
        </aside>
      </div>
    </>
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
    columns: css({
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) 320px',
      alignItems: 'start',
      gap: theme.spacing(2),
      [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    }),
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
  };
}
