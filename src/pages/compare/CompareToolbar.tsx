import { css } from '@emotion/css';
import { dateTime, rangeUtil, type GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, TimeRangeInput, useStyles2 } from '@grafana/ui';
import type { Deploy } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { ToggleChips } from '../../ui/ToggleChips';
import { kindWord } from './change-words';
import {
  baselineRange,
  baselines,
  changeKinds,
  subjects,
  type Baseline,
  type CompareSettings,
  type MsRange,
  type Subject,
} from './compare-settings';
import { DeployChoice } from './DeployChoice';
import { SideChoice } from './SideChoice';

interface CompareToolbarProps {
  readonly settings: CompareSettings;
  /** The later range. */
  readonly after: MsRange;
  readonly timeZone: string;
  /** The deploy of the last answer. */
  readonly deploy: Deploy | undefined;
  readonly onChange: (change: Partial<CompareSettings>) => void;
  readonly onChooseRanges: (ranges: { readonly before: MsRange; readonly after: MsRange }, deploy: string) => void;
}

export function CompareToolbar(props: CompareToolbarProps) {
  const { settings, after, timeZone, deploy, onChange, onChooseRanges } = props;
  const styles = useStyles2(getStyles);
  function chooseBaseline(baseline: Baseline) {
    onChange({ deploy: '', baseline, custom: baseline === 'custom' ? baselineRange(settings, after) : undefined });
  }
  return (
    <div className={styles.toolbar}>
      <span className={styles.label}>{t('compare.toolbar.what', 'Compare')}</span>
      <RadioButtonGroup
        aria-label={t('compare.toolbar.what', 'Compare')}
        value={settings.subject}
        options={subjects.map((value) => ({ value, label: subjectWord(value) }))}
        onChange={(subject) => onChange({ subject, label: '', left: '', right: '', deploy: '' })}
      />
      {settings.subject === 'time' ? (
        <>
          <RadioButtonGroup
            aria-label={t('compare.toolbar.with', 'Compare with')}
            value={settings.deploy === '' ? settings.baseline : undefined}
            options={baselines.map((value) => ({ value, label: baselineWord(value) }))}
            onChange={chooseBaseline}
          />
          {settings.baseline === 'custom' && settings.deploy === '' && (
            <CustomRange
              range={baselineRange(settings, after)}
              timeZone={timeZone}
              onChange={(custom) => onChange({ custom })}
            />
          )}
          <DeployChoice timeZone={timeZone} chosen={settings.deploy} deploy={deploy} onChoose={onChooseRanges} />
        </>
      ) : (
        <SideChoice
          settings={settings}
          range={{ from: String(after.fromMs), to: String(after.toMs) }}
          onChange={onChange}
        />
      )}
      <ToggleChips
        label={t('compare.toolbar.kinds', 'Kinds of change')}
        options={changeKinds.map((kind) => ({ value: kind, label: kindWord(kind) }))}
        chosen={settings.kinds}
        onChange={(kinds) => onChange({ kinds })}
      />
    </div>
  );
}

function subjectWord(subject: Subject): string {
  const words: Readonly<Record<Subject, string>> = {
    time: t('compare.subject.time', 'Times'),
    service: t('compare.subject.service', 'Services'),
    label: t('compare.subject.label', 'Values of a label'),
  };
  return words[subject];
}

function baselineWord(baseline: Baseline): string {
  const words: Readonly<Record<Baseline, string>> = {
    previous: t('compare.baseline.previous', 'Right before'),
    day: t('compare.baseline.day', 'A day earlier'),
    week: t('compare.baseline.week', 'A week earlier'),
    custom: t('compare.baseline.custom', 'Another range'),
  };
  return words[baseline];
}

interface CustomRangeProps {
  readonly range: MsRange;
  readonly timeZone: string;
  readonly onChange: (range: MsRange) => void;
}

function CustomRange({ range, timeZone, onChange }: CustomRangeProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.range}>
      <TimeRangeInput
        timeZone={timeZone}
        value={rangeUtil.convertRawToRange({ from: dateTime(range.fromMs), to: dateTime(range.toMs) })}
        onChange={({ from, to }) => onChange({ fromMs: from.valueOf(), toMs: to.valueOf() })}
      />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    label: css({ color: theme.colors.text.secondary }),
    range: css({ minWidth: 300 }),
  };
}
