import type { Level } from '@loghunter/contracts';
import React from 'react';
import { t } from '../translations';
import { levelsBySeverity } from './level-style';
import { LevelMark } from './LevelMark';
import { ToggleChips } from './ToggleChips';

interface LevelChipsProps {
  readonly levels: readonly Level[];
  readonly onChange: (levels: readonly Level[]) => void;
}

/** Which levels are wanted; none chosen: any. */
export function LevelChips({ levels, onChange }: LevelChipsProps) {
  return (
    <ToggleChips
      label={t('clusters.filter.levels', 'Levels')}
      options={levelsBySeverity.map((level) => ({ value: level, label: <LevelMark level={level} /> }))}
      chosen={levels}
      onChange={onChange}
    />
  );
}
