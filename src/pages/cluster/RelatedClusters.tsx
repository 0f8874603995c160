import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { ListRelatedClustersResponse, RelatedCluster } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { requestRangeOf } from '../../scenes/request-range';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { countOf, exactCount } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { getRelationStyles } from './relation-style';
import { RelationTable } from './RelationTable';

/** Clusters whose events come and go in the same minutes, with the measure and what it rests on. */
export function RelatedClusters({ clusterId, model }: { clusterId: string; model: SceneObject }) {
  const styles = useStyles2(getRelationStyles);
  const request = { id: clusterId, ...requestRangeOf(model) };
  const { answer, error, isLoading, reload } = useRequest(JSON.stringify(request), (signal) =>
    serverClient().listRelatedClusters(request, signal)
  );
  return (
    <Section title={t('cluster.related.title', 'In the same minutes')} testId={testIds.cluster.related} isFlush>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer === undefined && isLoading && (
        <LoadingPlaceholder text={t('cluster.related.loading', 'Comparing with other clusters …')} />
      )}
      {answer && <p className={styles.note}>{basisText(answer, sceneGraph.getTimeRange(model).getTimeZone())}</p>}
      {answer && answer.clusters.length > 0 && <RelatedTable clusters={answer.clusters} />}
    </Section>
  );
}

function basisText(answer: ListRelatedClustersResponse, timeZone: string): string {
  const { window, minuteCount, readMinuteCount, comparedClusterCount, isComplete, clusters } = answer;
  if (minuteCount === 0) {
    return t('cluster.related.silent', 'No events in this time range, so that there is nothing to compare.');
  }
  const format = (at: string) => dateTimeFormat(at, { timeZone, format: 'MM-DD HH:mm' });
  const basis = t(
    'cluster.related.basis',
    'By the minute from {{from}} to {{to}}: this cluster has events in {{own}} of {{read}}; {{count, number}} other clusters compared.',
    {
      ...{ from: format(window.from), to: format(window.to) },
      ...{ own: exactCount(minuteCount), read: countOf(readMinuteCount, 'minute') },
      count: comparedClusterCount,
      defaultValue_one:
        'By the minute from {{from}} to {{to}}: this cluster has events in {{own}} of {{read}}; {{count, number}} other cluster compared.',
    }
  );
  const none = t('cluster.related.none', 'None of them comes and goes with it more than chance would have it.');
  const part = t('cluster.related.part', 'Only the 2,000 streams with most lines were looked at.');
  return [basis, ...(clusters.length === 0 ? [none] : []), ...(isComplete ? [] : [part])].join(' ');
}

function RelatedTable({ clusters }: { clusters: readonly RelatedCluster[] }) {
  return (
    <RelationTable
      label={t('cluster.related.table', 'Clusters in the same minutes')}
      rowTestId={testIds.cluster.relatedRow}
      clusters={clusters}
      figures={[
        {
          title: t('cluster.related.correlation', 'Correlation'),
          hint: t(
            'cluster.related.hint',
            'Correlation of the logarithms of events by the minute: 1 when both rise and fall together, 0 when one says nothing about the other'
          ),
          draw: ({ correlation }) => (
            <>
              {correlation.toFixed(2)}
              <Bar share={correlation} />
            </>
          ),
        },
        {
          title: t('cluster.related.shared', 'Shared minutes'),
          draw: ({ sharedMinuteCount, minuteCount }) =>
            t('cluster.related.of', '{{shared}} of its {{minutes}}', {
              ...{ shared: exactCount(sharedMinuteCount), minutes: exactCount(minuteCount) },
            }),
        },
      ]}
    />
  );
}

function Bar({ share }: { share: number }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.track} aria-hidden>
      <div className={styles.bar} style={{ width: `${Math.max(0, share) * 100}%` }} />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    track: css({ height: 4, borderRadius: theme.shape.radius.pill, background: theme.colors.background.secondary }),
    bar: css({ height: '100%', borderRadius: theme.shape.radius.pill, background: theme.colors.primary.main }),
  };
}
