import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { RelatedCluster } from '@loghunter/contracts';
import React from 'react';
import { useLocation } from 'react-router-dom';
import { clusterHref } from '../../plugin-paths';
import { LevelMark } from '../../ui/LevelMark';
import { PlacesText } from '../../ui/PlacesText';
import { clusterUrlKeys } from './cluster-settings';
import { getRelationStyles } from './relation-style';

interface NamedClusterLinkProps {
  readonly cluster: Pick<RelatedCluster, 'id' | 'level' | 'templateText' | 'title'>;
}

/** Another cluster, with a link that keeps range and variables. */
export function NamedClusterLink({ cluster }: NamedClusterLinkProps) {
  const { link } = useStyles2(getRelationStyles);
  const styles = useStyles2(getStyles);
  const kept = new URLSearchParams(useLocation().search);
  // The tab and the line that were open belong to the cluster that is left.
  for (const name of clusterUrlKeys) {
    kept.delete(name);
  }
  return (
    <>
      <a href={clusterHref(cluster.id, `?${kept.toString()}`)} className={link}>
        {cluster.title !== undefined && <strong>{cluster.title} </strong>}
        <span className={styles.template}>
          <PlacesText text={cluster.templateText} />
        </span>
      </a>
      <LevelMark level={cluster.level} />
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    template: css({
      display: '-webkit-box',
      WebkitBoxOrient: 'vertical',
      WebkitLineClamp: 2,
      overflow: 'hidden',
      fontFamily: theme.typography.fontFamilyMonospace,
    }),
  };
}
