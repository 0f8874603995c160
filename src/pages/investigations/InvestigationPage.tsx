// One investigation: what it was, what is known, what people said, and what to keep.
import type { SceneAppPage, SceneObject } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import type { Investigation } from '@loghunter/contracts';
import React from 'react';
import { useLive } from '../../api/live';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { incidentTestIds } from '../../incident-test-ids';
import { usePageTitle } from '../../scenes/use-page-title';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { PageBody } from '../../ui/PageBody';
import { sideColumns } from '../../ui/side-columns';
import { AttachedAnalyses } from './AttachedAnalyses';
import type { CasePartProps } from './case-part';
import { CaseComments } from './CaseComments';
import { CaseFacts } from './CaseFacts';
import { CaseHeader } from './CaseHeader';
import { CaseTimeline } from './CaseTimeline';
import { PinnedLines } from './PinnedLines';
import { ResolutionField } from './ResolutionField';
import { SimilarCases } from './SimilarCases';

interface InvestigationPageProps {
  readonly investigationId: string;
  readonly page: () => SceneAppPage;
  readonly model: SceneObject;
  readonly timeZone: string;
}

export function InvestigationPage({ investigationId, page, model, timeZone }: InvestigationPageProps) {
  const request = useRequest<Investigation>(investigationId, (signal) =>
    serverClient().getInvestigation({ id: investigationId }, signal)
  );
  useLive(({ topic, ids }) => {
    const isAboutThis = topic === 'investigation' && ids.includes(investigationId);
    // What is loading may name an analysis that is not shown yet.
    const mayBeAnalysed =
      topic === 'job' &&
      (request.isLoading || request.answer?.analyses.some(({ jobId }) => ids.includes(jobId)) === true);
    if (topic === 'gap' || isAboutThis || mayBeAnalysed) {
      request.reload();
    }
  });
  usePageTitle(page, request.answer?.title);
  return (
    <PageBody
      request={request}
      testId={incidentTestIds.investigations.details}
      loadingLabel={t('investigations.case.loading', 'Loading investigation')}
    >
      {(investigation) => (
        <LoadedCase investigation={investigation} model={model} timeZone={timeZone} onChanged={request.reload} />
      )}
    </PageBody>
  );
}

function LoadedCase({ model, ...props }: CasePartProps & { readonly model: SceneObject }) {
  const styles = useStyles2(sideColumns);
  return (
    <>
      <CaseHeader {...props} />
      <CoverageLine range={props.investigation.range} timeZone={props.timeZone} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <ResolutionField {...props} />
          <AttachedAnalyses {...props} />
          <PinnedLines {...props} model={model} />
          <CaseTimeline {...props} />
          <CaseComments {...props} />
        </div>
        <aside className={styles.side}>
          <CaseFacts {...props} />
          <SimilarCases investigationId={props.investigation.id} />
        </aside>
      </div>
    </>
  );
}
