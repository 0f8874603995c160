import type { SceneObject } from '@grafana/scenes';
import { Button, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { ListTraceClustersResponse, TraceCluster } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { ExploreLink } from '../../scenes/ExploreLink';
import { requestRangeOf } from '../../scenes/request-range';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { countOf, exactCount } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { getRelationStyles } from './relation-style';
import { RelationTable } from './RelationTable';

/** Clusters of the same traces. It reads lines from the log store, so that it waits to be asked. */
export function TraceClusters({ clusterId, model }: { clusterId: string; model: SceneObject }) {
  const styles = useStyles2(getRelationStyles);
  const [isWanted, setIsWanted] = useState(false);
  return (
    <Section title={t('cluster.traces.title', 'In the same traces')} testId={testIds.cluster.traces} isFlush>
      {isWanted ? (
        <FoundClusters clusterId={clusterId} model={model} />
      ) : (
        <>
          <p className={styles.note}>
            {t(
              'cluster.traces.note',
              "Takes up to ten trace ids of the cluster's newest lines, from structured metadata or from the text, and looks for them in the log store."
            )}
          </p>
          <div className={styles.actions}>
            <Button size="sm" variant="secondary" icon="search" onClick={() => setIsWanted(true)}>
              {t('cluster.traces.look', 'Look for the same traces')}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

function FoundClusters({ clusterId, model }: { clusterId: string; model: SceneObject }) {
  const styles = useStyles2(getRelationStyles);
  const request = { id: clusterId, ...requestRangeOf(model) };
  const { answer, error, isLoading, reload } = useRequest(JSON.stringify(request), (signal) =>
    serverClient().listTraceClusters(request, signal)
  );
  return (
    <>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer === undefined && isLoading && (
        <LoadingPlaceholder text={t('cluster.traces.loading', 'Reading lines of the same traces …')} />
      )}
      {answer && <p className={styles.note}>{basisText(answer)}</p>}
      {answer?.query && (
        <div className={styles.actions}>
          <CopyButton label={t('cluster.actions.copyLogql', 'Copy LogQL')} hasWords text={answer.query.expression} />
          <ExploreLink query={answer.query} model={model} />
        </div>
      )}
      {answer && answer.clusters.length > 0 && (
        <TraceTable clusters={answer.clusters} traceCount={answer.traceIds.length} />
      )}
    </>
  );
}

function basisText({ traceIds, readEventCount, lineCount, clusters, isComplete }: ListTraceClustersResponse): string {
  if (traceIds.length === 0) {
    return t('cluster.traces.unnamed', 'None of the {{count, number}} newest events that were read names a trace.', {
      count: readEventCount,
      defaultValue_one: 'The newest event, the only one that was read, names no trace.',
    });
  }
  const basis = t('cluster.traces.basis', '{{lines}} of {{traces}} read.', {
    ...{ lines: countOf(lineCount, 'line'), traces: countOf(traceIds.length, 'trace') },
  });
  const none = t('cluster.traces.none', 'All of them are of this cluster.');
  const part = t('cluster.traces.part', 'There are more lines than were read.');
  return [basis, ...(clusters.length === 0 ? [none] : []), ...(isComplete ? [] : [part])].join(' ');
}

function TraceTable({ clusters, traceCount }: { clusters: readonly TraceCluster[]; traceCount: number }) {
  return (
    <RelationTable
      label={t('cluster.traces.table', 'Clusters in the same traces')}
      rowTestId={testIds.cluster.traceRow}
      clusters={clusters}
      figures={[
        {
          title: t('cluster.traces.traces', 'Traces'),
          draw: (cluster) =>
            t('cluster.traces.of', '{{found}} of {{all}}', { found: cluster.traceCount, all: traceCount }),
        },
        { title: t('cluster.traces.events', 'Events'), draw: ({ eventCount }) => exactCount(eventCount) },
      ]}
    />
  );
}
