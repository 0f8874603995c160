import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Field, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import type { Action } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { isId, startRequestOf, subjectKinds, type StartSettings, type SubjectKind } from './start-settings';
import { WindowField } from './WindowField';

interface StartFormProps {
  readonly settings: StartSettings;
  readonly onChange: (change: Partial<StartSettings>) => void;
  readonly start: Action<[]>;
  readonly timeZone: string;
}

/** What to look at and when: prefilled by the link that led here. */
export function StartForm({ settings, onChange, start, timeZone }: StartFormProps) {
  const styles = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  const canStart = startRequestOf(settings) !== undefined;

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    void start.run();
  }

  return (
    <Section title={t('rootCause.start.title', 'Find a cause')}>
      <form className={styles.form} onSubmit={handleSubmit} aria-label={t('rootCause.start.title', 'Find a cause')}>
        <Field label={t('rootCause.start.kind', 'Cause of')} noMargin>
          <RadioButtonGroup
            options={subjectKinds.map((kind) => ({ label: subjectWord(kind), value: kind }))}
            value={settings.kind}
            onChange={(kind: SubjectKind) => onChange({ kind, subject: '' })}
          />
        </Field>
        <SubjectField settings={settings} onChange={onChange} />
        <WindowField
          label={t('rootCause.start.window', 'When it was bad')}
          emptyText={t('rootCause.start.window-default', 'what the subject says, else the last 30 minutes')}
          from={settings.from}
          to={settings.to}
          timeZone={timeZone}
          onChange={(from, to) => onChange({ from, to })}
        />
        <WindowField
          label={t('rootCause.start.baseline', 'When it was fine')}
          emptyText={t('rootCause.start.baseline-default', 'just before it was bad')}
          from={settings.baselineFrom}
          to={settings.baselineTo}
          timeZone={timeZone}
          onChange={(baselineFrom, baselineTo) => onChange({ baselineFrom, baselineTo })}
        />
        <Button
          type="submit"
          icon="search"
          disabled={mayEdit !== true || !canStart || start.isBusy}
          tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
        >
          {t('rootCause.start.start', 'Find cause')}
        </Button>
      </form>
      {settings.investigation !== undefined && (
        <p className={styles.note}>
          {t('rootCause.start.attached', 'The analysis is attached to the investigation that led here.')}
        </p>
      )}
      {start.error && <ProblemNotice error={start.error} />}
    </Section>
  );
}

export function subjectWord(kind: SubjectKind | 'alert'): string {
  const words: Readonly<Record<SubjectKind | 'alert', string>> = {
    service: t('rootCause.subject.service', 'Service'),
    incident: t('rootCause.subject.incident', 'Incident'),
    cluster: t('rootCause.subject.cluster', 'Cluster'),
    trace: t('rootCause.subject.trace', 'Trace'),
    alert: t('rootCause.subject.alert', 'Alert'),
  };
  return words[kind];
}

function SubjectField({ settings, onChange }: Pick<StartFormProps, 'settings' | 'onChange'>) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const { kind, subject } = settings;
  // Typing must not write the URL, and with it history, for each letter.
  const [typed, setTyped] = useState({ kind, subject, text: subject });
  const isStale = typed.kind !== kind || typed.subject !== subject;
  const text = isStale ? subject : typed.text;
  const services = useRequest('services', (signal) => serverClient().listServices({}, signal));
  const names = [...new Set(services.answer?.services.map(({ service }) => service).filter((name) => name !== ''))];
  return (
    <Field
      label={subjectLabel(kind)}
      description={<SubjectName kind={kind} subject={subject} />}
      noMargin
      className={styles.subject}
    >
      <Input
        id={`${id}-subject`}
        list={kind === 'service' ? `${id}-services` : undefined}
        value={text}
        placeholder={kind === 'service' ? names.slice(0, 3).join(', ') : ''}
        onChange={(event) => setTyped({ kind, subject, text: event.currentTarget.value })}
        onBlur={() => text !== subject && onChange({ subject: text })}
        onKeyDown={(event) => event.key === 'Enter' && text !== subject && onChange({ subject: text })}
        suffix={
          <datalist id={`${id}-services`}>
            {names.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        }
      />
    </Field>
  );
}

function subjectLabel(kind: SubjectKind): string {
  switch (kind) {
    case 'service':
      return t('rootCause.start.service', 'Name of the service');
    case 'incident':
      return t('rootCause.start.incident', 'Id of the incident');
    case 'cluster':
      return t('rootCause.start.cluster', 'Id of the cluster');
    case 'trace':
      return t('rootCause.start.trace', 'Id of the trace, as it stands in the lines');
  }
}

/** Ids say nothing to people: what they stand for does. */
function SubjectName({ kind, subject }: { kind: SubjectKind; subject: string }) {
  const { answer } = useRequest<string>(
    `${kind} ${subject}`,
    async (signal) => {
      if ((kind !== 'incident' && kind !== 'cluster') || !isId(subject)) {
        return '';
      }
      return kind === 'incident'
        ? (await serverClient().getIncident({ id: subject }, signal)).incident.title
        : (await serverClient().getCluster({ id: subject }, signal)).cluster.templateText;
    },
    { dropsOldAnswer: true }
  );
  return <>{answer}</>;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(2) }),
    subject: css({ flex: '1 1 260px', maxWidth: 420 }),
    note: css({
      margin: theme.spacing(1, 0, 0),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
