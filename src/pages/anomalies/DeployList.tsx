import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { Deploy } from '@loghunter/contracts';
import React, { useState } from 'react';
import { useMay } from '../../api/use-role';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { Section } from '../../ui/Section';
import { DeployForm } from './DeployForm';

interface DeployListProps {
  readonly title: string;
  readonly deploys: readonly Deploy[];
  readonly timeZone: string;
  /** Offered in the form. */
  readonly services: readonly string[];
  readonly onChanged: () => void;
}

export function DeployList({ title, deploys, timeZone, services, onChanged }: DeployListProps) {
  const styles = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  const [isAdding, setIsAdding] = useState(false);
  const add = mayEdit === true && !isAdding && (
    <Button size="sm" variant="secondary" icon="plus" onClick={() => setIsAdding(true)}>
      {t('anomalies.deploys.add', 'Mark a deploy')}
    </Button>
  );
  return (
    <Section title={title} actions={add}>
      {isAdding && (
        <DeployForm
          services={services}
          timeZone={timeZone}
          onClose={() => setIsAdding(false)}
          onDone={() => {
            setIsAdding(false);
            onChanged();
          }}
        />
      )}
      {deploys.length === 0 && !isAdding && (
        <p className={styles.note}>
          {t(
            'anomalies.deploys.none',
            'None is known. Pipelines tell of them with POST /api/v1/deploys; Grafana annotations tagged deploy count too.'
          )}
        </p>
      )}
      <ul className={styles.list}>
        {deploys.map((deploy) => (
          <DeployEntry key={deploy.id} deploy={deploy} timeZone={timeZone} />
        ))}
      </ul>
    </Section>
  );
}

function DeployEntry({ deploy, timeZone }: { deploy: Deploy; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const { service, version, deployedAt, link, source } = deploy;
  return (
    <li data-testid={incidentTestIds.anomalies.deploy}>
      <time dateTime={deployedAt} className={styles.time}>
        {dateTimeFormat(deployedAt, { timeZone, format: 'MM-DD HH:mm' })}
      </time>{' '}
      <strong>{service}</strong>{' '}
      {link === null ? (
        version
      ) : (
        <a href={link} target="_blank" rel="noreferrer" className={styles.link}>
          {version}
        </a>
      )}{' '}
      <span className={styles.time}>{t('anomalies.deploys.source', 'told by {{source}}', { source })}</span>
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: 0, color: theme.colors.text.secondary }),
    list: css({
      ...small,
      listStyle: 'none',
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.75),
      overflowWrap: 'anywhere',
    }),
    time: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
    link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  };
}
