import { Alert } from '@grafana/ui';
import type { Explanation } from '@loghunter/contracts';
import React, { useEffect } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { hasEnded, useJob } from '../../api/use-job';
import { useRefresh } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { t } from '../../translations';
import { JobProgress } from '../../ui/JobProgress';
import { ProblemNotice } from '../../ui/ProblemNotice';

/** Should the job's end be missed, the explanation itself is looked at this often. */
const fallbackMs = 10_000;

/** The steps of a model's work as they happen; it may take minutes, and the evidence is there meanwhile. */
export function ExplanationUnderWay({ explanation, onEnded }: { explanation: Explanation; onEnded: () => void }) {
  const mayEdit = useMay('editor');
  const jobId = explanation.jobId ?? undefined;
  const { job, error } = useJob(jobId);
  const cancel = useAction(() => serverClient().cancelJob({ id: jobId ?? '' }));
  const isOver = job !== undefined && hasEnded(job);
  useEffect(() => {
    if (isOver) {
      onEnded();
    }
  }, [isOver, onEnded]);
  useRefresh(onEnded, fallbackMs);
  if (isOver) {
    return <Alert severity="info" title={t('explanation.ended', 'The model has ended; reading what it said …')} />;
  }
  const text = job?.progressText ?? '';
  return (
    <>
      <JobProgress
        progress={job?.progress ?? 0}
        text={text === '' ? t('job.waiting', 'Waiting for a free worker …') : text}
        isCancelling={cancel.isBusy}
        onCancel={mayEdit === true && jobId !== undefined ? () => void cancel.run() : undefined}
      />
      {error && <ProblemNotice error={error} />}
      {cancel.error && <ProblemNotice error={cancel.error} />}
    </>
  );
}
