import React from 'react';
import { t } from '../../translations';
import { ToggleChips } from '../ToggleChips';
import type { LineView } from './shown-text';

interface LineViewChipsProps {
  readonly view: LineView;
  readonly onChange: (view: LineView) => void;
}

type Switch = keyof LineView;

const switches: readonly Switch[] = ['isWrapped', 'hasTime', 'isPretty', 'isUnescaped', 'isDeduplicated'];

/** How lines are shown. */
export function LineViewChips({ view, onChange }: LineViewChipsProps) {
  return (
    <ToggleChips
      size="sm"
      label={t('lines.view', 'How lines are shown')}
      options={[
        { value: 'isWrapped', label: t('lines.wrap', 'Wrap') },
        { value: 'hasTime', label: t('lines.time', 'Time') },
        { value: 'isPretty', label: 'JSON', hint: t('lines.pretty-hint', 'JSON over several lines') },
        {
          value: 'isUnescaped',
          label: t('lines.unescape', 'Unescape'),
          hint: t('lines.unescape-hint', '\\n and \\t in lines as line breaks and tabs'),
        },
        {
          value: 'isDeduplicated',
          label: t('lines.dedup', 'Dedup'),
          hint: t('lines.dedup-hint', 'Equal lines one after the other once, with their number'),
        },
      ]}
      chosen={switches.filter((name) => view[name])}
      onChange={(chosen) =>
        onChange({
          isWrapped: chosen.includes('isWrapped'),
          hasTime: chosen.includes('hasTime'),
          isPretty: chosen.includes('isPretty'),
          isUnescaped: chosen.includes('isUnescaped'),
          isDeduplicated: chosen.includes('isDeduplicated'),
        })
      }
    />
  );
}
