import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { IconButton, LoadingPlaceholder, Stack, Toggletip, useStyles2 } from '@grafana/ui';
import type { FigureQuery } from '@loghunter/contracts';
import React from 'react';
import { useRequest } from '../api/use-request';
import { testIds } from '../test-ids';
import { t } from '../translations';
import { CopyButton } from '../ui/CopyButton';
import { ProblemNotice } from '../ui/ProblemNotice';
import { ExploreLink } from './ExploreLink';

interface LogqlButtonProps<Question> {
  /** What the number is, as it stands beside it. */
  readonly name: string;
  /** Whose range and data source the number is of. */
  readonly model: SceneObject;
  /** What is asked, when the button is pressed. */
  readonly question: () => Question;
  /** Undefined: no query can be written. */
  readonly load: (question: Question, signal: AbortSignal) => Promise<FigureQuery | undefined>;
}

/** A button beside a number: the LogQL that answers the same, to copy or to open in Explore. Nothing is asked before it is pressed. */
export function LogqlButton<Question>({ name, ...parts }: LogqlButtonProps<Question>) {
  const label = t('cluster.logql.button', 'LogQL of “{{name}}”', { name });
  return (
    <Toggletip title={label} placement="bottom" content={<Query {...parts} />} closeButton fitContent>
      <IconButton name="brackets-curly" size="sm" aria-label={label} data-testid={testIds.logql} />
    </Toggletip>
  );
}

function Query<Question>({ model, question, load }: Omit<LogqlButtonProps<Question>, 'name'>) {
  const styles = useStyles2(getStyles);
  const asked = question();
  // In an object, because a query that there is not is an answer too.
  const { answer, error, reload } = useRequest(JSON.stringify(asked), async (signal) => ({
    query: await load(asked, signal),
  }));
  if (error) {
    return <ProblemNotice error={error} onRetry={reload} />;
  }
  if (answer === undefined) {
    return <LoadingPlaceholder text={t('cluster.logql.loading', 'Writing the query …')} />;
  }
  const { query } = answer;
  if (query === undefined) {
    return (
      <p className={styles.note}>
        {t('cluster.logql.none', 'Nothing is known of the streams behind it, so that no query can be written.')}
      </p>
    );
  }
  return (
    <div className={styles.query}>
      <code className={styles.code}>{query.expression}</code>
      <p className={styles.note}>
        {t(
          'cluster.logql.note',
          'LogQL counts lines, also each line of a joined stack trace, and can only narrow down to what is counted here: other numbers are possible.'
        )}
      </p>
      <Stack gap={1}>
        <CopyButton label={t('cluster.actions.copyLogql', 'Copy LogQL')} hasWords text={query.expression} />
        <ExploreLink query={query} model={model} />
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
