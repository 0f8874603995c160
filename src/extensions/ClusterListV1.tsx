import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, TextLink, useStyles2 } from '@grafana/ui';
import type { Cluster, Level, ListClustersResponse } from '@loghunter/contracts';
import React, { useCallback, useEffect, useState } from 'react';
import { createLatestRequest, notRequested, type RequestState } from '../api/latest-request';
import { serverClient } from '../api/server-client';
import { clusterHref, clustersPath } from '../plugin-paths';
import { testIds } from '../test-ids';
import { t } from '../translations';
import { LevelMark } from '../ui/LevelMark';
import { Moment } from '../ui/Moment';
import { exactCount, shortCount } from '../ui/number-format';
import { ProblemNotice } from '../ui/ProblemNotice';
import { TemplateText } from '../ui/TemplateText';
import { useNowMs } from '../ui/use-now';
import { pageAddress } from './page-address';

/** What another app passes to `usePluginComponent('loghunter-app/cluster-list/v1')`. Fields may be added, never taken away. */
export interface ClusterListV1Props {
  readonly service?: readonly string[];
  readonly namespace?: readonly string[];
  readonly level?: readonly Level[];
  /** Milliseconds since 1970. Default: the last hour. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Rows to show. Default: 10. */
  readonly limit?: number;
}

const hourMs = 3_600_000;
const maxRows = 50;

/** The most frequent clusters of a service, for the pages of other apps. */
export function ClusterListV1(props: ClusterListV1Props) {
  const styles = useStyles2(getStyles);
  const [request, setRequest] = useState<RequestState<ListClustersResponse>>(notRequested);
  const [latest] = useState(() =>
    createLatestRequest<ListClustersResponse>((change) => setRequest((before) => ({ ...before, ...change })))
  );
  // Other apps pass new arrays on each render: what is asked for is compared as text.
  const asked = JSON.stringify(props);
  const ask = useCallback(() => void latest.run((signal) => load(JSON.parse(asked), signal)), [asked, latest]);
  useEffect(() => {
    ask();
    return () => latest.cancel();
  }, [ask, latest]);

  const { answer, error } = request;
  if (error) {
    return <ProblemNotice error={error} onRetry={ask} />;
  }
  if (answer === undefined) {
    return <LoadingPlaceholder text={t('doors.cluster-list.loading', 'Loading clusters')} />;
  }
  const range = { from: String(Date.parse(answer.range.from)), to: String(Date.parse(answer.range.to)) };
  const filter = { service: props.service ?? [], namespace: props.namespace ?? [] };
  return (
    <div className={styles.frame} data-testid={testIds.doors.clusterList}>
      {answer.clusters.length === 0 ? (
        <p className={styles.note}>{t('doors.cluster-list.empty', 'No clusters in this time range')}</p>
      ) : (
        <Rows clusters={answer.clusters} search={pageAddress('', { range })} />
      )}
      <TextLink href={pageAddress(clustersPath, { filter, range })}>
        {t('doors.cluster-list.all', 'All {{count, number}} clusters in LogHunter', {
          count: answer.totalClusterCount,
          defaultValue_one: 'The one cluster in LogHunter',
        })}
      </TextLink>
    </div>
  );
}

function Rows({ clusters, search }: { clusters: readonly Cluster[]; search: string }) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  return (
    <table className={styles.table} aria-label={t('doors.cluster-list.table', 'Clusters')}>
      <thead>
        <tr>
          <th scope="col">{t('doors.cluster-list.level', 'Level')}</th>
          <th scope="col">{t('doors.cluster-list.template', 'Template')}</th>
          <th scope="col">{t('doors.cluster-list.events', 'Events')}</th>
          <th scope="col">{t('doors.cluster-list.last-seen', 'Last seen')}</th>
        </tr>
      </thead>
      <tbody>
        {clusters.map(({ id, level, template, eventCount, lastSeen }) => (
          <tr key={id}>
            <td>
              <LevelMark level={level} />
            </td>
            <td className={styles.template}>
              <a href={clusterHref(id, search)}>
                <TemplateText parts={template} lineCount={2} />
              </a>
            </td>
            <td title={exactCount(eventCount)}>{shortCount(eventCount)}</td>
            <td>
              <Moment at={lastSeen} timeZone="browser" nowMs={nowMs} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function load({ service, namespace, level, fromMs, toMs, limit }: ClusterListV1Props, signal: AbortSignal) {
  const endMs = toMs ?? Date.now();
  return serverClient().listClusters(
    {
      from: String(fromMs ?? endMs - hourMs),
      to: String(endMs),
      service: [...(service ?? [])],
      namespace: [...(namespace ?? [])],
      level: [...(level ?? [])],
      limit: Math.min(maxRows, Math.max(1, limit ?? 10)),
    },
    signal
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    frame: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    note: css({ margin: 0, color: theme.colors.text.secondary }),
    table: css({
      width: '100%',
      tableLayout: 'auto',
      fontSize: theme.typography.bodySmall.fontSize,
      '& th, & td': {
        padding: theme.spacing(0.5, 1),
        textAlign: 'left',
        borderBottom: `1px solid ${theme.colors.border.weak}`,
      },
      '& th': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
    }),
    template: css({ width: '100%', maxWidth: 0, overflow: 'hidden' }),
  };
}
