import type { JobStatus } from '@loghunter/contracts';
import { t } from '../translations';

export function statusWords(status: JobStatus): string {
  const words: Readonly<Record<JobStatus, string>> = {
    queued: t('job.status.queued', 'waiting'),
    running: t('job.status.running', 'running'),
    succeeded: t('job.status.succeeded', 'done'),
    failed: t('job.status.failed', 'failed'),
    cancelled: t('job.status.cancelled', 'stopped'),
  };
  return words[status];
}
