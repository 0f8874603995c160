import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import type { Cluster } from '@loghunter/contracts';
import React from 'react';

/** Where the cluster lives; what it says stands in the header below, at full length. */
export function ClusterTitle({ cluster }: { cluster: Cluster }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.title}>
      <h1>{cluster.service === '' ? 'Cluster' : `Cluster in ${cluster.service}`}</h1>
      {cluster.isNew && <Badge color="blue" text="new" tooltip="First seen in this time range" />}
    </div>
  );
}

/** Long enough to tell clusters apart in breadcrumbs and browser tabs. */
const maxNameLength = 60;

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
