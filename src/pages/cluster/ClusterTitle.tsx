import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Cluster } from '@loghunter/contracts';
import React, { type ReactNode } from 'react';
import { t } from '../../translations';
import { StatePill } from '../../work-list/StatePill';

/** Draws the page's title in the page's time zone; a function, as Scenes wants it. */
export function renderClusterTitle(cluster: Cluster, timeZone: string): () => ReactNode {
  return function Title() {
    return <ClusterTitle cluster={cluster} timeZone={timeZone} />;
  };
}

/** Where the cluster lives and stands; what it says is in the header below, at full length. */
function ClusterTitle({ cluster, timeZone }: { cluster: Cluster; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const { title, service, work } = cluster;
  const place =
    service === ''
      ? t('cluster.title.plain', 'Cluster')
      : t('cluster.title.service', 'Cluster in {{service}}', { service });
  return (
    <div className={styles.title}>
      <h1>{title ?? place}</h1>
      <StatePill work={work} isDetailed timeZone={timeZone} />
    </div>
  );
}

/** Long enough to tell clusters apart in breadcrumbs and browser tabs. */
const maxNameLength = 60;

/** What a cluster is called where there is little room. */
export function clusterName({ templateText }: Cluster): string {
  return templateText.length > maxNameLength ? `${templateText.slice(0, maxNameLength)}…` : templateText;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    title: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      minWidth: 0,
      '& h1': { margin: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    }),
  };
}
