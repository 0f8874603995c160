import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Icon, useStyles2, type IconName } from '@grafana/ui';
import type { ComponentHealth, GetHealthResponse } from '@loghunter/contracts';
import React, { useEffect, useState } from 'react';
import { t } from '../../translations';
import { createLatestRequest, notRequested, type RequestState } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { notLogHunter, type ServerError } from '../../api/server-error';
import { testIds } from '../../test-ids';
import { relativeTime } from '../../ui/relative-time';
import { useNowMs } from '../../ui/use-now';

interface ConnectionTestProps {
  readonly isEnabled: boolean;
  /** Grafana's proxy knows saved settings only. */
  readonly isDirty: boolean;
}

export function ConnectionTest({ isEnabled, isDirty }: ConnectionTestProps) {
  const styles = useStyles2(getStyles);
  const [request, setRequest] = useState<RequestState<GetHealthResponse>>(notRequested);
  const [latest] = useState(() =>
    createLatestRequest<GetHealthResponse>((change) => setRequest((before) => ({ ...before, ...change })))
  );
  useEffect(() => () => latest.cancel(), [latest]);

  const { answer, error, isLoading } = request;
  return (
    <section className={styles.test} aria-labelledby="loghunter-connection">
      <h2 id="loghunter-connection" className={styles.title}>
        {t('configuration.test.title', 'Connection')}
      </h2>
      <div className={styles.action}>
        <Button
          variant="secondary"
          icon="sync"
          disabled={!isEnabled || isDirty || isLoading}
          data-testid={testIds.configuration.test}
          onClick={() => void latest.run(readHealth)}
        >
          {isLoading ? t('configuration.test.running', 'Testing') : t('configuration.test.run', 'Test connection')}
        </Button>
        {isDirty && (
          <span className={styles.note}>
            {t('configuration.test.save-first', 'Save first: the test uses the saved settings.')}
          </span>
        )}
      </div>
      <div role="status" data-testid={testIds.configuration.result}>
        {error && !isLoading && <TestProblem error={error} />}
        {answer && error === undefined && !isLoading && <HealthReport health={answer} />}
      </div>
    </section>
  );
}

async function readHealth(signal: AbortSignal): Promise<GetHealthResponse> {
  const health = await serverClient().getHealth({}, signal);
  // Other programs answer JSON at /api/v1/health too.
  if (!Array.isArray(health.components) || typeof health.version !== 'string') {
    throw notLogHunter('Its health report has another form.');
  }
  return health;
}

function TestProblem({ error }: { error: ServerError }) {
  const isSecret = error.code === 'forbidden';
  return (
    <Alert
      severity="error"
      title={isSecret ? t('configuration.test.refused', 'The server refuses the shared secret') : error.title}
    >
      {isSecret
        ? t(
            'configuration.test.refused-why',
            'It answered: {{detail}} Enter the secret that the server was started with, and save.',
            { detail: error.detail }
          )
        : error.detail}
      {error.requestId && (
        <div>
          {t('app.problem.request', 'Request id:')} <code>{error.requestId}</code>
        </div>
      )}
    </Alert>
  );
}

function healthTitle(status: GetHealthResponse['status']): string {
  if (status === 'ok') {
    return t('configuration.health.ok', 'LogHunter answers and all is well');
  }
  return status === 'degraded'
    ? t('configuration.health.degraded', 'LogHunter answers, but something it needs is not well')
    : t('configuration.health.unavailable', 'LogHunter answers, but cannot work');
}

function HealthReport({ health }: { health: GetHealthResponse }) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const severity = health.status === 'ok' ? 'success' : health.status === 'degraded' ? 'warning' : 'error';
  const read =
    health.readUpTo === null
      ? t('configuration.health.unread', 'nothing read yet')
      : t('configuration.health.read', 'logs read up to {{time}}', {
          time: relativeTime(Date.parse(health.readUpTo), nowMs),
        });
  return (
    <Alert severity={severity} title={healthTitle(health.status)}>
      <p className={styles.note}>
        {t('configuration.health.parts', 'Version {{version}}, {{storage}}, {{logStore}}; {{read}}.', {
          version: health.version,
          storage:
            health.storage === 'pglite' ? t('configuration.health.embedded-database', 'embedded database') : 'Postgres',
          logStore:
            health.logStore === 'embedded' ? t('configuration.health.embedded-logs', 'embedded log store') : 'Loki',
          read,
        })}
      </p>
      <ul className={styles.components}>
        {health.components.map((component) => (
          <ComponentLine key={component.name} component={component} />
        ))}
      </ul>
    </Alert>
  );
}

const marks: Readonly<Record<ComponentHealth['status'], { readonly icon: IconName; readonly words: string }>> = {
  ok: { icon: 'check-circle', words: 'ok' },
  degraded: { icon: 'exclamation-triangle', words: 'degraded' },
  unavailable: { icon: 'times-circle', words: 'unavailable' },
  off: { icon: 'minus-circle', words: 'off' },
};

function ComponentLine({ component }: { component: ComponentHealth }) {
  const styles = useStyles2(getStyles);
  const { icon, words } = marks[component.status];
  return (
    <li className={styles.component} data-testid={testIds.configuration.component}>
      <Icon name={icon} />
      <span>
        <strong>{component.name}</strong>: {words}
        {component.detail !== '' && <>. {component.detail}</>}
      </span>
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    test: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
    title: css({ ...theme.typography.h4, margin: 0 }),
    action: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(2) }),
    note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    components: css({
      listStyle: 'none',
      marginTop: theme.spacing(1),
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.5),
    }),
    component: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  };
}
