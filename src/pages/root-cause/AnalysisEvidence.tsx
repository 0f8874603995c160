import type { SceneObject } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import type { Analysis, EvidencePack } from '@loghunter/contracts';
import React from 'react';
import { CoverageLine } from '../../ui/CoverageLine';
import { sideColumns } from '../../ui/side-columns';
import { AnalysisHeader } from './AnalysisHeader';
import { AnalysisTimeline } from './AnalysisTimeline';
import { ClusterComparison } from './ClusterComparison';
import { EvidenceContext, useEvidenceOf } from './evidence-context';
import { EvidenceFacts } from './EvidenceFacts';
import { ExplanationPanel } from './ExplanationPanel';
import { FindingList } from './FindingList';
import { PropagationSection } from './PropagationSection';
import { SuspectList } from './SuspectList';

interface AnalysisEvidenceProps {
  readonly analysis: Analysis;
  readonly pack: EvidencePack;
  readonly model: SceneObject;
  readonly timeZone: string;
}

/** The answer in five lines, then everything it stands on. */
export function AnalysisEvidence({ analysis, pack, model, timeZone }: AnalysisEvidenceProps) {
  const styles = useStyles2(sideColumns);
  const evidence = useEvidenceOf(pack);
  return (
    <EvidenceContext.Provider value={evidence}>
      <AnalysisHeader analysis={analysis} pack={pack} timeZone={timeZone} />
      <CoverageLine range={analysis.incident} timeZone={timeZone} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <SuspectList suspects={pack.suspects} />
          <ExplanationPanel analysis={analysis} model={model} timeZone={timeZone} />
          <FindingList pack={pack} model={model} timeZone={timeZone} />
          <AnalysisTimeline pack={pack} timeZone={timeZone} />
          <PropagationSection propagation={pack.propagation} timeZone={timeZone} suspect={pack.summary.suspect} />
          <ClusterComparison pack={pack} />
        </div>
        <aside className={styles.side}>
          <EvidenceFacts pack={pack} timeZone={timeZone} />
        </aside>
      </div>
    </EvidenceContext.Provider>
  );
}
