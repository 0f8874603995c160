import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { DataSourceVariable, sceneGraph, type SceneObject } from '@grafana/scenes';
import { Button, LinkButton, Tooltip, useStyles2 } from '@grafana/ui';
import type { GetClusterResponse, LogQuery } from '@loghunter/contracts';
import React from 'react';
import { rootCauseHref } from '../../plugin-paths';
import { dataSourceVariableName, exploreHref } from '../../scenes/explore-link';
import { requestRangeOf } from '../../scenes/request-range';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { ClusterDoors } from './ClusterDoors';
import { GroupingMenu } from './GroupingMenu';

interface ClusterActionsProps {
  readonly answer: GetClusterResponse;
  readonly model: SceneObject;
  readonly onChanged: () => void;
}

/** Ways out of the page, and ways to change what the cluster is. */
export function ClusterActions({ answer, model, onChanged }: ClusterActionsProps) {
  const styles = useStyles2(getStyles);
  const { cluster, query } = answer;
  const range = requestRangeOf(model);
  const dataSourceUid = useDataSourceUid(model);
  return (
    <div className={styles.actions}>
      <LinkButton size="sm" variant="secondary" icon="search" href={rootCauseHref(cluster.id, range)}>
        {t('cluster.actions.rootCause', 'Start root cause')}
      </LinkButton>
      <ExploreButton query={query} dataSourceUid={dataSourceUid} />
      <ClusterDoors answer={answer} dataSourceUid={dataSourceUid} model={model} />
      <GroupingMenu answer={answer} range={range} onChanged={onChanged} />
      <CopyButton label={t('cluster.actions.copyLogql', 'Copy LogQL')} hasWords text={query.expression} />
    </div>
  );
}

interface ExploreButtonProps {
  readonly query: LogQuery;
  readonly dataSourceUid: string | undefined;
}

function ExploreButton({ query, dataSourceUid }: ExploreButtonProps) {
  const label = t('cluster.actions.explore', 'Open in Explore');
  if (dataSourceUid === undefined) {
    const why = t(
      'cluster.actions.noDataSource',
      'Grafana has no Loki data source that you may query. Add one to open these lines in Explore.'
    );
    return (
      <Tooltip content={why}>
        <span>
          <Button size="sm" variant="secondary" icon="compass" disabled>
            {label}
          </Button>
        </span>
      </Tooltip>
    );
  }
  const hint = query.isExact
    ? t('cluster.actions.exact', 'The same lines and range in Explore')
    : t('cluster.actions.narrowed', 'LogQL can only narrow down to this cluster: Explore may show lines of others too');
  return (
    <LinkButton size="sm" variant="secondary" icon="compass" href={exploreHref(query, dataSourceUid)} tooltip={hint}>
      {label}
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
