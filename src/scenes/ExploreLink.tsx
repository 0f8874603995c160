import { DataSourceVariable, sceneGraph, type SceneObject } from '@grafana/scenes';
import { Button, LinkButton, Tooltip } from '@grafana/ui';
import React from 'react';
import { t } from '../translations';
import { dataSourceVariableName, exploreHref, type ExploredQuery } from './explore-link';

/** Leads to the same lines and range in Explore, in the Loki data source that the page's variable names. */
export function ExploreLink({ query, model }: { query: ExploredQuery; model: SceneObject }) {
  const uid = useDataSourceUid(model);
  const label = t('explore.open', 'Open in Explore');
  if (uid === undefined) {
    return (
      <Tooltip
        content={t(
          'explore.no-data-source',
          'Grafana has no Loki data source that you may query. Add one to open these lines in Explore.'
        )}
      >
        <span>
          <Button size="sm" variant="secondary" icon="compass" disabled>
            {label}
          </Button>
        </span>
      </Tooltip>
    );
  }
  return (
    <LinkButton
      size="sm"
      variant="secondary"
      icon="compass"
      href={exploreHref(query, uid)}
      tooltip={
        query.isExact
          ? t('explore.exact', 'The same lines and range in Explore')
          : t('explore.wider', 'LogQL can only narrow down to these lines: Explore may show others too')
      }
    >
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
