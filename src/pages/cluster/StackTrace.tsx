import type { Cluster, Sample } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { Section } from '../../ui/Section';
import { TraceFrames } from './TraceFrames';
import { useExplanation } from './use-explanation';

interface StackTraceProps {
  readonly cluster: Cluster;
  readonly samples: readonly Sample[];
}

/** The newest stored stack trace of a cluster; nothing when its events are plain lines. */
export function StackTrace({ cluster, samples }: StackTraceProps) {
  const text = samples.filter((sample) => sample.text.includes('\n')).at(-1)?.text;
  const { answer } = useExplanation(text, cluster);
  if (!answer?.trace) {
    return null;
  }
  return (
    <Section title={t('cluster.trace.title', 'Stack trace')} testId={testIds.cluster.trace}>
      <TraceFrames trace={answer.trace} />
    </Section>
  );
}
