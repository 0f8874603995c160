import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { IconButton, LoadingPlaceholder, Stack, Toggletip, useStyles2 } from '@grafana/ui';
import type { FigureQuery, ListClusterQueriesResponse } from '@loghunter/contracts';
import React, { createContext, useContext } from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { ExploreLink } from '../../scenes/ExploreLink';
import { requestRangeOf } from '../../scenes/request-range';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { ProblemNotice } from '../../ui/ProblemNotice';

/** The cluster whose numbers are shown, and the object whose range and data source they are of. */
export interface FigureSource {
  readonly clusterId: string;
  readonly model: SceneObject;
}

export const FigureSourceContext = createContext<FigureSource | undefined>(undefined);

interface FigureLogqlProps {
  /** What the number is, as it stands beside it. */
  readonly name: string;
  readonly pick: (queries: ListClusterQueriesResponse) => FigureQuery | undefined;
}

/** A button beside a number: the LogQL that answers the same, to copy or to open in Explore. Nothing is asked before it is pressed. */
export function FigureLogql({ name, pick }: FigureLogqlProps) {
  const source = useContext(FigureSourceContext);
  if (source === undefined) {
    return null;
  }
  const label = t('cluster.logql.button', 'LogQL of “{{name}}”', { name });
  return (
    <Toggletip title={label} placement="bottom" content={<Query source={source} pick={pick} />} closeButton fitContent>
      <IconButton name="brackets-curly" size="sm" aria-label={label} data-testid={testIds.cluster.logql} />
    </Toggletip>
  );
}

function Query({ source, pick }: { source: FigureSource; pick: FigureLogqlProps['pick'] }) {
  const styles = useStyles2(getStyles);
  const request = { id: source.clusterId, ...requestRangeOf(source.model) };
  const { answer, error, reload } = useRequest(JSON.stringify(request), (signal) =>
    serverClient().listClusterQueries(request, signal)
  );
  if (error) {
    return <ProblemNotice error={error} onRetry={reload} />;
  }
  if (answer === undefined) {
    return <LoadingPlaceholder text={t('cluster.logql.loading', 'Writing the query …')} />;
  }
  const query = pick(answer);
  if (query === undefined) {
    return (
      <p className={styles.note}>
        {t('cluster.logql.none', 'Nothing is known of the streams of this cluster, so that no query can be written.')}
      </p>
    );
  }
  return (
    <div className={styles.query}>
      <code className={styles.code}>{query.expression}</code>
      <p className={styles.note}>
        {t(
          'cluster.logql.note',
          'LogQL counts lines, also each line of a joined stack trace, and can only narrow down to a cluster: other numbers than here are possible.'
        )}
      </p>
      <Stack gap={1}>
        <CopyButton label={t('cluster.actions.copyLogql', 'Copy LogQL')} hasWords text={query.expression} />
        <ExploreLink query={query} model={source.model} />
      </Stack>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    query: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), maxWidth: 480 }),
    code: css({ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', maxHeight: 240, overflowY: 'auto' }),
    note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
