import type { GetAnomalyEventResponse } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { ShareList } from '../../ui/evidence/ShareList';
import { Section } from '../../ui/Section';

/** Label values that the first cluster's lines concentrate in. */
export function EventLabels({ labels }: { labels: GetAnomalyEventResponse['labels'] }) {
  if (labels.length === 0) {
    return null;
  }
  return (
    <Section title={t('anomalies.labels.title', 'Where its lines come from')}>
      <ShareList
        legend={t('anomalies.labels.legend', 'Bar: share of these lines. Mark: share of all lines.')}
        shares={labels.map(({ name, value, share, overallShare }) => ({
          name,
          value,
          share,
          otherShare: overallShare,
        }))}
      />
    </Section>
  );
}
