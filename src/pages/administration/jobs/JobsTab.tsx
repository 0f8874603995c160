import { Button, IconButton, RadioButtonGroup, Stack, type BadgeColor } from '@grafana/ui';
import type { Job, JobStatus, PatternImportResult } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork, type Work } from '../use-work';
import { useRefresh, useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { statusWords } from '../../../ui/job-status-words';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { StatusBadge } from '../../../ui/StatusBadge';
import { AdministrationMoment } from '../AdministrationMoment';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';
import { TabStack } from '../TabStack';
import { BeginBackfill } from './BeginBackfill';
import { patternImportWords } from './pattern-import-words';

/** Jobs state progress twice a second; a list of them need not be as quick. */
const pollMs = 3000;

const startable = ['retention', 'ledger-verification', 'audit-verification', 'pattern-import'] as const;

/** Work that goes on after its request was answered: what runs, what failed and why, and the jobs that one can begin here. */
export function JobsTab() {
  const [status, setStatus] = useState<JobStatus | ''>('');
  const request = useRequest(status, (signal) =>
    serverClient().listJobs({ limit: 100, offset: 0, ...(status === '' ? {} : { status }) }, signal)
  );
  const action = useWork();
  const { answer, reload } = request;
  const isMoving = answer?.jobs.some((job) => job.status === 'queued' || job.status === 'running') ?? false;
  useRefresh(reload, isMoving ? pollMs : undefined);

  async function change(work: () => Promise<unknown>) {
    await action.run(work);
    reload();
  }

  return (
    <TabStack testId={testIds.administration.jobs}>
      <Section title={t('administration.jobs.begin', 'Begin a job')}>
        <Stack wrap="wrap">
          {startable.map((kind) => (
            <Button
              key={kind}
              variant="secondary"
              size="sm"
              disabled={action.isBusy}
              onClick={() => void change(() => serverClient().startJob({ kind }))}
            >
              {jobTitle(kind)}
            </Button>
          ))}
        </Stack>
        <BeginBackfill isBusy={action.isBusy} onBegin={change} />
      </Section>
      <Section
        title={t('administration.jobs.title', 'Jobs')}
        actions={
          <RadioButtonGroup<JobStatus | ''>
            size="sm"
            aria-label={t('administration.jobs.filter', 'Jobs shown')}
            options={[
              { value: '', label: t('administration.jobs.all', 'All') },
              { value: 'running', label: t('administration.jobs.running', 'Running') },
              { value: 'failed', label: t('administration.jobs.failed', 'Failed') },
            ]}
            value={status}
            onChange={setStatus}
          />
        }
      >
        {action.error && <ProblemNotice error={action.error} />}
        <Loaded request={request}>{({ jobs }) => <JobTable jobs={jobs} action={action} onChange={change} />}</Loaded>
      </Section>
    </TabStack>
  );
}

function jobTitle(kind: string): string {
  const titles: Readonly<Record<string, string>> = {
    retention: t('administration.jobs.retention', 'Delete counts past their retention'),
    backfill: t('administration.jobs.backfill', 'Read older lines'),
    'ledger-verification': t('administration.jobs.ledger', 'Compare the ledger with Loki'),
    'pattern-import': t('administration.jobs.patterns', "Import Loki's patterns"),
    'audit-verification': t('administration.jobs.audit', 'Verify the audit log'),
    'incident-annotation': t('administration.jobs.annotation', 'Annotation of an incident'),
    'notice-delivery': t('administration.jobs.delivery', 'Delivery of a notice'),
    analysis: t('administration.jobs.analysis', 'Root cause analysis'),
    explanation: t('administration.jobs.explanation', 'Explanation by a language model'),
    'anomaly-rehearsal': t('administration.jobs.rehearsal', 'Rehearsal of anomalies'),
  };
  return titles[kind] ?? kind;
}

const statusColors: Readonly<Record<JobStatus, BadgeColor>> = {
  queued: 'darkgrey',
  running: 'blue',
  succeeded: 'green',
  failed: 'red',
  cancelled: 'darkgrey',
};

interface JobTableProps {
  readonly jobs: readonly Job[];
  readonly action: Work;
  readonly onChange: (work: () => Promise<unknown>) => Promise<void>;
}

function JobTable({ jobs, action, onChange }: JobTableProps) {
  const columns: ReadonlyArray<TableColumn<Job>> = [
    { id: 'kind', title: t('administration.jobs.kind', 'Job'), cell: ({ kind }) => jobTitle(kind) },
    {
      id: 'status',
      title: t('administration.jobs.status', 'Status'),
      cell: ({ status }) => <StatusBadge color={statusColors[status]} text={statusWords(status)} />,
    },
    { id: 'progress', title: t('administration.jobs.progress', 'Progress'), isWide: true, cell: progressText },
    {
      id: 'created',
      title: t('administration.jobs.created', 'Begun'),
      cell: ({ createdAt }) => <AdministrationMoment at={createdAt} whenNull="" />,
    },
    {
      id: 'finished',
      title: t('administration.jobs.finished', 'Ended'),
      cell: ({ finishedAt }) => <AdministrationMoment at={finishedAt} whenNull="" />,
    },
    { id: 'by', title: t('administration.jobs.by', 'By'), cell: ({ createdBy }) => createdBy },
    {
      id: 'actions',
      title: t('administration.jobs.actions', 'Actions'),
      hasHiddenTitle: true,
      cell: ({ id, status }) =>
        status === 'queued' || status === 'running' ? (
          <IconButton
            name="times"
            disabled={action.isBusy}
            tooltip={t('administration.jobs.cancel', 'Cancel')}
            onClick={() => void onChange(() => serverClient().cancelJob({ id }))}
          />
        ) : (
          status !== 'succeeded' && (
            <IconButton
              name="sync"
              disabled={action.isBusy}
              tooltip={t('administration.jobs.retry', 'Begin again')}
              onClick={() => void onChange(() => serverClient().retryJob({ id }))}
            />
          )
        ),
    },
  ];
  return (
    <DataTable
      label={t('administration.jobs.title', 'Jobs')}
      columns={columns}
      rows={jobs}
      rowKey={({ id }) => id}
      testId={testIds.administration.jobTable}
      whenEmpty={t('administration.jobs.empty', 'No jobs.')}
    />
  );
}

function progressText({ kind, status, progress, progressText: text, failure, attemptCount, result }: Job): string {
  if (failure !== null && status !== 'succeeded') {
    return t('administration.jobs.failure', '{{failure}} (attempt {{attempt}})', { failure, attempt: attemptCount });
  }
  if (kind === 'pattern-import' && status === 'succeeded') {
    return patternImportWords(result as PatternImportResult);
  }
  return status === 'running' ? `${Math.round(progress * 100)} % ${text}` : '';
}
