import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { AnomalySeverity, AnomalyState } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { SeverityMark } from '../../ui/incident/SeverityMark';
import { LabelledSwitch } from '../../ui/LabelledSwitch';
import { severities } from '../../ui/incident/severity-style';
import { kindHint, kinds, kindWord } from './anomaly-words';
import type { IncidentSettings } from './incident-settings';

interface IncidentFiltersProps {
  readonly settings: IncidentSettings;
  readonly onChange: (change: Partial<IncidentSettings>) => void;
}

type StateChoice = AnomalyState | 'all';

export function IncidentFilters({ settings, onChange }: IncidentFiltersProps) {
  const styles = useStyles2(getStyles);
  const states: Array<{ readonly label: string; readonly value: StateChoice }> = [
    { label: t('anomalies.filter.all', 'All'), value: 'all' },
    { label: t('anomalies.filter.open', 'Open'), value: 'open' },
    { label: t('anomalies.filter.closed', 'Closed'), value: 'closed' },
  ];
  return (
    <div className={styles.filters}>
      <SeverityFilter chosen={settings.severities} onChange={(chosen) => onChange({ severities: chosen })} />
      <RadioButtonGroup
        size="sm"
        aria-label={t('anomalies.filter.state', 'State')}
        options={states}
        value={settings.state ?? 'all'}
        onChange={(value: StateChoice) => onChange({ state: value === 'all' ? undefined : value })}
      />
      <LabelledSwitch
        label={t('anomalies.filter.unacknowledged', 'Not acknowledged')}
        value={settings.isUnacknowledgedOnly}
        onChange={(isUnacknowledgedOnly) => onChange({ isUnacknowledgedOnly })}
      />
      <div className={styles.group} role="group" aria-label={t('anomalies.filter.kinds', 'Kinds')}>
        {kinds.map((kind) => (
          <Toggle
            key={kind}
            isChosen={settings.kinds.includes(kind)}
            hint={kindHint(kind)}
            onToggle={() => onChange({ kinds: toggled(kinds, settings.kinds, kind) })}
          >
            {kindWord(kind)}
          </Toggle>
        ))}
      </div>
    </div>
  );
}

interface SeverityFilterProps {
  readonly chosen: readonly AnomalySeverity[];
  readonly onChange: (chosen: readonly AnomalySeverity[]) => void;
}

function SeverityFilter({ chosen, onChange }: SeverityFilterProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.group} role="group" aria-label={t('anomalies.filter.severities', 'Severities')}>
      {[...severities].reverse().map((severity) => (
        <Toggle
          key={severity}
          isChosen={chosen.includes(severity)}
          onToggle={() => onChange(toggled(severities, chosen, severity))}
        >
          <SeverityMark severity={severity} />
        </Toggle>
      ))}
    </div>
  );
}

interface ToggleProps {
  readonly isChosen: boolean;
  readonly hint?: string;
  readonly onToggle: () => void;
  readonly children: React.ReactNode;
}

function Toggle({ isChosen, hint, onToggle, children }: ToggleProps) {
  const styles = useStyles2(getStyles);
  return (
    <button
      type="button"
      title={hint}
      aria-pressed={isChosen}
      className={cx(styles.toggle, isChosen && styles.chosen)}
      onClick={onToggle}
    >
      {children}
    </button>
  );
}

function toggled<Value>(all: readonly Value[], chosen: readonly Value[], value: Value): readonly Value[] {
  return all.filter((candidate) => chosen.includes(candidate) !== (candidate === value));
}

function getStyles(theme: GrafanaTheme2) {
  return {
    filters: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    group: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) }),
    toggle: css({
      display: 'inline-flex',
      alignItems: 'center',
      height: theme.spacing(theme.components.height.sm),
      padding: theme.spacing(0, 1),
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: 'transparent',
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      '&:hover': { background: theme.colors.action.hover, color: theme.colors.text.primary },
    }),
    chosen: css({
      borderColor: theme.colors.primary.border,
      background: theme.colors.action.selected,
      color: theme.colors.text.primary,
    }),
  };
}
