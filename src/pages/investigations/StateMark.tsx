import { Badge, type BadgeColor } from '@grafana/ui';
import type { InvestigationState } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';

const colors: Readonly<Record<InvestigationState, BadgeColor>> = {
  open: 'red',
  mitigated: 'orange',
  resolved: 'green',
};

export function StateMark({ state }: { state: InvestigationState }) {
  return <Badge color={colors[state]} text={stateWord(state)} />;
}

export function stateWord(state: InvestigationState): string {
  const words: Readonly<Record<InvestigationState, string>> = {
    open: t('investigations.state.open', 'open'),
    mitigated: t('investigations.state.mitigated', 'mitigated'),
    resolved: t('investigations.state.resolved', 'resolved'),
  };
  return words[state];
}
