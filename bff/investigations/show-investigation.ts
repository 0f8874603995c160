import type { Investigation } from '@loghunter/contracts';
import type { InvestigationRow } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';
import { presentSummary as presentAnalysis } from '../root-cause/present-analysis.ts';
import { orNotFound, type RootCauseFeature } from '../root-cause/root-cause-feature.ts';
import { presentComment, presentEntry, presentLine, presentSummary } from './present-investigation.ts';

/** The investigation of this id; throws `ProblemError` `not-found`. */
export async function requireInvestigation(feature: RootCauseFeature, id: string): Promise<InvestigationRow> {
  return orNotFound('investigation', id, await feature.investigations.get(feature.tenantId, id));
}

/** An investigation with all that belongs to it. */
export async function showInvestigation(feature: RootCauseFeature, id: string): Promise<Investigation> {
  const { tenantId, investigations } = feature;
  const row = await requireInvestigation(feature, id);
  const [lines, entries, analysisIds] = await Promise.all([
    investigations.listLines(tenantId, id),
    investigations.listEntries(tenantId, id),
    investigations.listAnalysisIds(tenantId, id),
  ]);
  const analyses = await feature.analyses.getAll(tenantId, analysisIds);
  const logged = lines.map(({ timestampNs, service, text }) => ({
    at: toTimestamp(Number(timestampNs / 1_000_000n)),
    kind: 'log' as const,
    by: '',
    text: `${service}: ${text}`,
  }));
  return {
    ...presentSummary(row),
    pinnedLines: lines.map(presentLine),
    comments: entries.filter(({ kind }) => kind === 'comment').map(presentComment),
    analyses: analyses.map(presentAnalysis),
    timeline: [...logged, ...entries.map(presentEntry)].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
  };
}
