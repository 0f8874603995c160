// A rehearsal: past days judged again with other settings, before these settings are allowed to wake anybody.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { Alert, Button, Field, Input, RadioButtonGroup, Slider, useStyles2 } from '@grafana/ui';
import type { AnomalySeverity, Job } from '@loghunter/contracts';
import React, { useId } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction, type Action } from '../../api/use-action';
import { hasEnded, useJob } from '../../api/use-job';
import { useMay } from '../../api/use-role';
import { incidentTestIds } from '../../incident-test-ids';
import type { UrlPageViewProps } from '../../scenes/UrlPage';
import { t } from '../../translations';
import { severities } from '../../ui/incident/severity-style';
import { JobProgress } from '../../ui/JobProgress';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { maxDays, maxSensitivity, type RehearsalSettings } from './rehearsal-settings';
import { isRehearsalResult, RehearsalResults } from './RehearsalResults';
import { SaveSensitivity } from './SaveSensitivity';

export function RehearsalPage({ settings, onChange, model }: UrlPageViewProps<RehearsalSettings>) {
  const styles = useStyles2(getStyles);
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const { job, error } = useJob(settings.jobId);
  const start = useAction(async () => {
    const { days, sensitivity, leastSeverity } = settings;
    const begun = await serverClient().startRehearsal({
      days,
      leastSeverity,
      ...(sensitivity === undefined ? {} : { sensitivity }),
    });
    onChange({ jobId: begun.id });
  });
  const cancel = useAction(async (id: string) => serverClient().cancelJob({ id }));
  const isRunning = job !== undefined && !hasEnded(job);
  return (
    <div className={styles.page} data-testid={incidentTestIds.anomalies.rehearsal}>
      <p className={styles.intro}>
        {t(
          'anomalies.rehearsal.intro',
          'Days that are known are judged again with these settings, by the same code that watches now. Nothing is kept and nobody is told.'
        )}
      </p>
      <RehearsalForm settings={settings} onChange={onChange} start={start} isRunning={isRunning} />
      {start.error && <ProblemNotice error={start.error} />}
      {error && job === undefined && <ProblemNotice error={error} />}
      {cancel.error && <ProblemNotice error={cancel.error} />}
      {settings.jobId !== undefined && job !== undefined && (
        <JobState job={job} isCancelling={cancel.isBusy} onCancel={() => void cancel.run(job.id)} timeZone={timeZone} />
      )}
    </div>
  );
}

interface RehearsalFormProps {
  readonly settings: RehearsalSettings;
  readonly onChange: (change: Partial<RehearsalSettings>) => void;
  readonly start: Action<[]>;
  readonly isRunning: boolean;
}

function RehearsalForm({ settings, onChange, start, isRunning }: RehearsalFormProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const mayEdit = useMay('editor');
  const { days, sensitivity, leastSeverity } = settings;
  const severityOptions: Array<{ readonly label: string; readonly value: AnomalySeverity }> = severities.map(
    (severity) => ({
      label: severity,
      value: severity,
    })
  );
  return (
    <Section title={t('anomalies.rehearsal.settings', 'Settings to try')}>
      <div className={styles.form}>
        <Field label={t('anomalies.rehearsal.days', 'Days back (1 to 30)')} noMargin>
          <Input
            id={`${id}-days`}
            type="number"
            width={12}
            min={1}
            max={maxDays}
            value={days}
            onChange={(event) =>
              onChange({ days: Math.min(maxDays, Math.max(1, Number(event.currentTarget.value) || 1)) })
            }
          />
        </Field>
        <Field
          htmlFor={`${id}-sensitivity`}
          label={t('anomalies.rehearsal.sensitivity', 'Sensitivity: 1 tells of little, 5 of much')}
          description={
            sensitivity === undefined
              ? t('anomalies.rehearsal.own', 'Not set: the setting that is in force')
              : undefined
          }
          noMargin
        >
          <div className={styles.slider}>
            <Slider
              inputId={`${id}-sensitivity`}
              min={1}
              max={maxSensitivity}
              step={1}
              value={sensitivity ?? 3}
              ariaLabelForHandle={t('anomalies.rehearsal.sensitivity-handle', 'Sensitivity')}
              onAfterChange={(value) => value !== undefined && onChange({ sensitivity: value })}
            />
          </div>
        </Field>
        <Field label={t('anomalies.rehearsal.least', 'Tell from')} noMargin>
          <RadioButtonGroup
            id={`${id}-least`}
            options={severityOptions}
            value={leastSeverity}
            onChange={(value) => onChange({ leastSeverity: value })}
          />
        </Field>
      </div>
      <div className={styles.buttons}>
        <Button
          icon="history"
          disabled={mayEdit !== true || start.isBusy || isRunning}
          tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
          onClick={() => void start.run()}
        >
          {t('anomalies.rehearsal.start', 'Rehearse')}
        </Button>
        <SaveSensitivity sensitivity={sensitivity} />
      </div>
    </Section>
  );
}

interface JobStateProps {
  readonly job: Job;
  readonly isCancelling: boolean;
  readonly onCancel: () => void;
  readonly timeZone: string;
}

function JobState({ job, isCancelling, onCancel, timeZone }: JobStateProps) {
  const mayEdit = useMay('editor');
  switch (job.status) {
    case 'queued':
    case 'running':
      return (
        <Section title={t('anomalies.rehearsal.running', 'Rehearsal under way')}>
          <JobProgress
            progress={job.progress}
            text={job.progressText || t('job.waiting', 'Waiting for a free worker …')}
            isCancelling={isCancelling}
            onCancel={mayEdit === true ? onCancel : undefined}
          />
        </Section>
      );
    case 'cancelled':
      return (
        <Alert
          severity="info"
          title={t('anomalies.rehearsal.cancelled', 'The rehearsal was stopped. Nothing was kept.')}
        />
      );
    case 'failed':
      return (
        <Alert severity="error" title={t('anomalies.rehearsal.failed', 'The rehearsal failed')}>
          {job.failure}
        </Alert>
      );
    case 'succeeded':
      return isRehearsalResult(job.result) ? <RehearsalResults result={job.result} timeZone={timeZone} /> : null;
  }
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
    intro: css({ margin: 0, maxWidth: '80ch', color: theme.colors.text.secondary }),
    form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(2, 4) }),
    slider: css({ width: 320, maxWidth: '100%', paddingInlineEnd: theme.spacing(1) }),
    buttons: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginTop: theme.spacing(2),
    }),
  };
}
