import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';

export function renderClusterTitle(title: string) {
  return <ClusterTitle title={title} />;
}

/** Smaller than other titles: the template below it is what the page is about. */
function ClusterTitle({ title }: { title: string }) {
  const styles = useStyles2(getStyles);
  return (
    <h1 className={styles.title} title={title}>
      {title}
    </h1>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    title: css({
      ...theme.typography.h3,
      margin: 0,
      maxWidth: '100%',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    }),
  };
}
