import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { DataSourceVariable, sceneGraph, type SceneObject } from '@grafana/scenes';
import { Button, LinkButton, Tooltip, useStyles2 } from '@grafana/ui';
import type { LogQuery } from '@loghunter/contracts';
import React from 'react';
import { clusterHref } from '../../plugin-paths';
import { dataSourceVariableName, exploreHref } from '../../scenes/explore-link';
import { requestRangeOf } from '../../scenes/request-range';
import { CopyButton } from '../../ui/CopyButton';

interface ClusterActionsProps {
  readonly clusterId: string;
  readonly query: LogQuery;
  readonly model: SceneObject;
}

export function ClusterActions({ clusterId, query, model }: ClusterActionsProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.actions}>
      <CopyButton label="Copy link" icon="link" hasWords text={() => absoluteLink(clusterId, model)} />
      <CopyButton label="Copy LogQL" hasWords text={query.expression} />
      <ExploreButton query={query} model={model} />
    </div>
  );
}

/** A link that shows to others what is on the screen now: the range is written out, "last hour" would move on. */
function absoluteLink(clusterId: string, model: SceneObject): string {
  const { from, to } = requestRangeOf(model);
  return new URL(clusterHref(clusterId, `?${new URLSearchParams({ from, to }).toString()}`), window.location.origin)
    .href;
}

function ExploreButton({ query, model }: { query: LogQuery; model: SceneObject }) {
  const uid = useDataSourceUid(model);
  if (uid === undefined) {
    return (
      <Tooltip content="Grafana has no Loki data source that you may query. Add one to open these lines in Explore.">
        <span>
          <Button size="sm" variant="primary" icon="compass" disabled>
            Open in Explore
          </Button>
        </span>
      </Tooltip>
    );
  }
  const hint = query.isExact
    ? 'The same lines and range in Explore'
    : 'LogQL can only narrow down to this cluster: Explore may show lines of others too';
  return (
    <LinkButton size="sm" variant="primary" icon="compass" href={exploreHref(query, uid)} tooltip={hint}>
      Open in Explore
    </LinkButton>
  );
}

function useDataSourceUid(model: SceneObject): string | undefined {
  const variable = sceneGraph.lookupVariable(dataSourceVariableName, model);
  const state = variable?.useState();
  if (!(variable instanceof DataSourceVariable) || state === undefined) {
    return undefined;
  }
  const { value, options } = variable.state;
  return typeof value === 'string' && options.some((option) => option.value === value) ? value : undefined;
}

function getStyles(theme: GrafanaTheme2) {
  return { actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }) };
}
