import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, TextLink, useStyles2 } from '@grafana/ui';
import React from 'react';
import { t } from '../translations';
import type { ServerError } from '../api/server-error';
import { configurationPath } from '../plugin-paths';
import { testIds } from '../test-ids';

interface ProblemNoticeProps {
  readonly error: ServerError;
  readonly onRetry?: (() => void) | undefined;
  /** Said after the detail, such as what is still shown. */
  readonly addition?: string;
}

const settledInConfiguration = new Set(['unreachable', 'not-configured', 'not-loghunter']);

/** A failed call: what happened, the request id for the server's log, and a way on. */
export function ProblemNotice({ error, onRetry, addition }: ProblemNoticeProps) {
  const styles = useStyles2(getStyles);
  const leadsToConfiguration = settledInConfiguration.has(error.kind) || error.code === 'forbidden';
  return (
    <Alert severity="error" title={error.title} data-testid={testIds.problem}>
      <p className={styles.detail}>
        {error.detail} {addition}
      </p>
      {error.requestId && (
        <p className={styles.request}>
          {t('app.problem.request', 'Request id:')} <code>{error.requestId}</code>
        </p>
      )}
      <div className={styles.actions}>
        {onRetry && (
          <Button size="sm" variant="secondary" icon="sync" onClick={onRetry}>
            {t('app.problem.again', 'Try again')}
          </Button>
        )}
        {leadsToConfiguration && (
          <TextLink href={configurationPath}>{t('app.problem.configuration', 'Open configuration')}</TextLink>
        )}
      </div>
    </Alert>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    detail: css({ margin: 0, maxWidth: '80ch' }),
    request: css({
      margin: theme.spacing(0.5, 0, 0),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    actions: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(2),
      marginTop: theme.spacing(1),
      '&:empty': { display: 'none' },
    }),
  };
}
