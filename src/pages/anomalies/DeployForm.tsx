import { css } from '@emotion/css';
import { dateTime, type GrafanaTheme2 } from '@grafana/data';
import { Button, DateTimePicker, Field, Input, useStyles2 } from '@grafana/ui';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';

interface DeployFormProps {
  readonly services: readonly string[];
  readonly timeZone: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Marks a deploy by hand, for those whose pipeline does not tell. */
export function DeployForm({ services, timeZone, onDone, onClose }: DeployFormProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [service, setService] = useState(services[0] ?? '');
  const [version, setVersion] = useState('');
  const [link, setLink] = useState('');
  const [at, setAt] = useState(() => dateTime());
  const action = useAction(async () => {
    await serverClient().createDeploy({
      service,
      version,
      at: String(at.valueOf()),
      source: 'manual',
      ...(link === '' ? {} : { link }),
    });
    onDone();
  });

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    void action.run();
  }

  return (
    <form
      className={styles.form}
      onSubmit={handleSubmit}
      aria-label={t('anomalies.deploy-form.label', 'Mark a deploy')}
    >
      <Field label={t('anomalies.deploy-form.service', 'Service')} noMargin>
        <Input
          id={`${id}-service`}
          list={`${id}-services`}
          value={service}
          required
          onChange={(event) => setService(event.currentTarget.value)}
        />
      </Field>
      <datalist id={`${id}-services`}>
        {services.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <Field label={t('anomalies.deploy-form.version', 'Version')} noMargin>
        <Input
          id={`${id}-version`}
          value={version}
          required
          onChange={(event) => setVersion(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('anomalies.deploy-form.at', 'Time')} noMargin>
        <DateTimePicker date={at} timeZone={timeZone} onChange={(moment) => moment && setAt(moment)} />
      </Field>
      <Field label={t('anomalies.deploy-form.link', 'Link (optional)')} noMargin>
        <Input
          id={`${id}-link`}
          type="url"
          value={link}
          placeholder="https://"
          onChange={(event) => setLink(event.currentTarget.value)}
        />
      </Field>
      {action.error && (
        <div className={styles.buttons}>
          <ProblemNotice error={action.error} />
        </div>
      )}
      <div className={styles.buttons}>
        <Button type="submit" size="sm" disabled={action.isBusy || service.trim() === '' || version.trim() === ''}>
          {t('anomalies.deploy-form.save', 'Save mark')}
        </Button>
        <Button type="button" size="sm" variant="secondary" onClick={onClose}>
          {t('anomalies.deploy-form.close', 'Close')}
        </Button>
      </div>
    </form>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    form: css({
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(264px, 1fr))',
      maxWidth: 1120,
      gap: theme.spacing(1.5, 2),
      marginBottom: theme.spacing(1.5),
    }),
    buttons: css({ display: 'flex', gap: theme.spacing(1), gridColumn: '1 / -1' }),
  };
}
