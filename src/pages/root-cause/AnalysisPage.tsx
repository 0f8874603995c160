// One analysis: its steps while it runs, then the evidence, the shortest answer first.
import { locationService } from '@grafana/runtime';
import type { SceneAppPage, SceneObject } from '@grafana/scenes';
import { Alert, Button } from '@grafana/ui';
import type { Analysis } from '@loghunter/contracts';
import React, { useEffect } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { hasEnded, useJob } from '../../api/use-job';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { rootCausePath } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { usePageTitle } from '../../scenes/use-page-title';
import { t } from '../../translations';
import { JobProgress } from '../../ui/JobProgress';
import { PageBody } from '../../ui/PageBody';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { AnalysisEvidence } from './AnalysisEvidence';

interface AnalysisPageProps {
  readonly analysisId: string;
  readonly page: () => SceneAppPage;
  readonly model: SceneObject;
  readonly timeZone: string;
}

export function AnalysisPage({ analysisId, page, model, timeZone }: AnalysisPageProps) {
  const request = useRequest<Analysis>(analysisId, (signal) => serverClient().getAnalysis({ id: analysisId }, signal));
  const subject = request.answer?.subjectText;
  usePageTitle(page, subject && t('rootCause.analysis.name', 'Cause of: {{subject}}', { subject }));
  return (
    <PageBody
      request={request}
      testId={incidentTestIds.rootCause.analysis}
      loadingLabel={t('rootCause.analysis.loading', 'Loading analysis')}
    >
      {(analysis) => (
        <AnalysisState
          key={analysis.status}
          analysis={analysis}
          model={model}
          timeZone={timeZone}
          onChanged={request.reload}
        />
      )}
    </PageBody>
  );
}

interface AnalysisStateProps {
  readonly analysis: Analysis;
  readonly model: SceneObject;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

function AnalysisState({ analysis, model, timeZone, onChanged }: AnalysisStateProps) {
  if (analysis.pack !== null) {
    return <AnalysisEvidence analysis={analysis} pack={analysis.pack} model={model} timeZone={timeZone} />;
  }
  return analysis.status === 'failed' || analysis.status === 'cancelled' ? (
    <AnalysisEnded analysis={analysis} />
  ) : (
    <AnalysisUnderWay analysis={analysis} onEnded={onChanged} />
  );
}

/** The steps as the job names them; when it has ended, the analysis is asked for anew. */
function AnalysisUnderWay({ analysis, onEnded }: { analysis: Analysis; onEnded: () => void }) {
  const mayEdit = useMay('editor');
  const { job, error } = useJob(analysis.jobId);
  const cancel = useAction(() => serverClient().cancelJob({ id: analysis.jobId }));
  const isOver = job !== undefined && hasEnded(job);
  useEffect(() => {
    if (isOver) {
      onEnded();
    }
  }, [isOver, onEnded]);
  const text = job?.progressText ?? analysis.progressText;
  return (
    <Section title={t('rootCause.analysis.running', 'Looking for the cause')}>
      <JobProgress
        progress={job?.progress ?? analysis.progress}
        text={text === '' ? t('job.waiting', 'Waiting for a free worker …') : text}
        isCancelling={cancel.isBusy}
        onCancel={mayEdit === true ? () => void cancel.run() : undefined}
      />
      {error && (
        <ProblemNotice error={error} addition={t('rootCause.analysis.goes-on', 'The analysis itself goes on.')} />
      )}
      {cancel.error && <ProblemNotice error={cancel.error} />}
    </Section>
  );
}

function AnalysisEnded({ analysis }: { analysis: Analysis }) {
  const mayEdit = useMay('editor');
  const again = useAction(async () => {
    const { subject, incident, baseline } = analysis;
    const begun = await serverClient().startAnalysis({ subject, incident, baseline });
    locationService.push(`${rootCausePath}/${begun.analysis.id}`);
  });
  return (
    <Alert
      severity={analysis.status === 'failed' ? 'error' : 'info'}
      title={
        analysis.status === 'failed'
          ? t('rootCause.analysis.failed', 'The analysis failed')
          : t('rootCause.analysis.cancelled', 'The analysis was stopped')
      }
    >
      <p>{analysis.failure}</p>
      <Button
        size="sm"
        variant="secondary"
        icon="sync"
        disabled={mayEdit !== true || again.isBusy}
        onClick={() => void again.run()}
      >
        {t('rootCause.analysis.again', 'Analyse again')}
      </Button>
      {again.error && <ProblemNotice error={again.error} />}
    </Alert>
  );
}
