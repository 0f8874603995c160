import { locationService } from '@grafana/runtime';
import { sceneGraph } from '@grafana/scenes';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRefresh, useRequest } from '../../api/use-request';
import { rootCausePath } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import type { UrlPageViewProps } from '../../scenes/UrlPage';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { PageBody } from '../../ui/PageBody';
import { useNowMs } from '../../ui/use-now';
import { AnalysisTable } from './AnalysisTable';
import { StartForm } from './StartForm';
import { startRequestOf, startWindows, type StartSettings } from './start-settings';

/** As many as anybody scrolls through; older ones are found from their incident or investigation. */
const shownCount = 50;

/** Analyses that others have begun appear while one looks. */
const refreshMs = 20_000;

export function StartPage({ settings, onChange, model }: UrlPageViewProps<StartSettings>) {
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const request = useRequest('analyses', (signal) =>
    serverClient().listAnalyses({ limit: shownCount, offset: 0 }, signal)
  );
  useRefresh(request.reload, refreshMs);
  const start = useAction(async () => {
    const wanted = startRequestOf(settings);
    if (wanted !== undefined) {
      const { analysis } = await serverClient().startAnalysis(wanted);
      locationService.push(`${rootCausePath}/${analysis.id}`);
    }
  });
  return (
    <div
      data-testid={incidentTestIds.rootCause.page}
      style={{ width: '100%', display: 'flex', flexDirection: 'column', gap: 16 }}
    >
      <StartForm settings={settings} onChange={onChange} start={start} timeZone={timeZone} />
      <StartCoverage settings={settings} timeZone={timeZone} />
      <PageBody
        request={request}
        testId="loghunter analyses"
        loadingLabel={t('rootCause.list.loading', 'Loading analyses')}
      >
        {({ analyses, totalCount }) => (
          <AnalysisTable analyses={analyses} totalCount={totalCount} timeZone={timeZone} />
        )}
      </PageBody>
    </div>
  );
}

/** What an analysis of the windows would rest on, as far as they are known before it begins. */
function StartCoverage({ settings, timeZone }: { readonly settings: StartSettings; readonly timeZone: string }) {
  const nowMs = useNowMs();
  const { bad, fine } = startWindows(settings, nowMs);
  return (
    <div>
      {bad && <CoverageLine range={bad} timeZone={timeZone} label={t('rootCause.start.window', 'When it was bad')} />}
      {fine && (
        <CoverageLine range={fine} timeZone={timeZone} label={t('rootCause.start.baseline', 'When it was fine')} />
      )}
    </div>
  );
}
