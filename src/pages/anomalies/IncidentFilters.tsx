import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { FilterPill, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { AnomalyState } from '@loghunter/contracts';
import React, { useRef } from 'react';
import { t } from '../../translations';
import { SeverityMark } from '../../ui/incident/SeverityMark';
import { LabelledSwitch } from '../../ui/LabelledSwitch';
import { TextFilter } from '../../ui/TextFilter';
import { ToggleChips } from '../../ui/ToggleChips';
import { severities } from '../../ui/incident/severity-style';
import { usePageKeys } from '../../ui/use-page-keys';
import { AssigneeFilter } from '../../work-list/AssigneeFilter';
import { kindHint, kinds, kindWord } from './anomaly-words';
import type { IncidentSettings } from './incident-settings';

interface IncidentFiltersProps {
  readonly settings: IncidentSettings;
  readonly onChange: (change: Partial<IncidentSettings>) => void;
}

type StateChoice = AnomalyState | 'all';

export function IncidentFilters({ settings, onChange }: IncidentFiltersProps) {
  const styles = useStyles2(getStyles);
  const states: Array<{ readonly label: string; readonly value: StateChoice; readonly description?: string }> = [
    { label: t('anomalies.filter.all', 'All'), value: 'all' },
    { label: t('anomalies.filter.open', 'Open'), value: 'open' },
    { label: t('anomalies.filter.closed', 'Closed'), value: 'closed' },
    {
      label: t('anomalies.filter.withdrawn', 'Taken back'),
      value: 'withdrawn',
      description: t('anomalies.filter.withdrawn-why', 'With the lines that came later, nothing was wrong'),
    },
  ];
  const textRef = useRef<HTMLInputElement>(null);
  usePageKeys({ '/': () => textRef.current?.focus() });
  const isMine = settings.assignee === 'me';
  return (
    <div className={styles.filters}>
      <div className={styles.text}>
        <TextFilter
          label={t('anomalies.filter.text', 'Filter by title')}
          text={settings.text}
          inputRef={textRef}
          onChange={(text) => onChange({ text })}
        />
      </div>
      <FilterPill
        label={t('clusters.filter.me', 'Mine')}
        selected={isMine}
        onClick={() => onChange({ assignee: isMine ? '' : 'me' })}
      />
      <AssigneeFilter assignee={settings.assignee} onChange={(assignee) => onChange({ assignee })} />
      <ToggleChips
        size="sm"
        label={t('anomalies.filter.severities', 'Severities')}
        options={[...severities].reverse().map((severity) => ({
          value: severity,
          label: <SeverityMark severity={severity} />,
        }))}
        chosen={settings.severities}
        onChange={(chosen) => onChange({ severities: severities.filter((known) => chosen.includes(known)) })}
      />
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
      <ToggleChips
        size="sm"
        label={t('anomalies.filter.kinds', 'Kinds')}
        options={kinds.map((kind) => ({ value: kind, label: kindWord(kind), hint: kindHint(kind) }))}
        chosen={settings.kinds}
        onChange={(chosen) => onChange({ kinds: chosen })}
      />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    text: css({ flex: '1 1 180px', maxWidth: 320 }),
    filters: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
  };
}
