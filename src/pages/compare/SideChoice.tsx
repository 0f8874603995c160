import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, IconButton, useStyles2, type ComboboxOption } from '@grafana/ui';
import type { TimeRangeQuery } from '@loghunter/contracts';
import React, { useId } from 'react';
import { serverClient } from '../../api/server-client';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import type { CompareSettings } from './compare-settings';

interface SideChoiceProps {
  readonly settings: CompareSettings;
  readonly range: Required<TimeRangeQuery>;
  readonly onChange: (change: Partial<CompareSettings>) => void;
}

/** Two services, or a label and two of its values. */
export function SideChoice({ settings, range, onChange }: SideChoiceProps) {
  const styles = useStyles2(getStyles);
  const { subject, label, left, right } = settings;
  const isLabel = subject === 'label';
  const values = (text: string) => (isLabel ? labelValues(label, range, text) : services(text));
  return (
    <div className={styles.choice} data-testid={testIds.compare.choice}>
      {isLabel && (
        <Choice
          label={t('compare.choice.label', 'Label')}
          value={label}
          options={(text) => labelNames(range, text)}
          onChange={(name) => onChange({ label: name, left: '', right: '' })}
        />
      )}
      {(!isLabel || label !== '') && (
        <>
          <Choice
            // Options are asked for once: another label has other ones.
            key={`left ${label}`}
            label={isLabel ? t('compare.choice.firstValue', 'Value') : t('compare.choice.firstService', 'Service')}
            value={left}
            options={values}
            onChange={(value) => onChange({ left: value })}
          />
          <IconButton
            name="exchange-alt"
            tooltip={t('compare.choice.swap', 'Swap the sides')}
            onClick={() => onChange({ left: right, right: left })}
          />
          <Choice
            key={`right ${label}`}
            label={
              isLabel
                ? t('compare.choice.secondValue', 'with value')
                : t('compare.choice.secondService', 'with service')
            }
            value={right}
            options={values}
            onChange={(value) => onChange({ right: value })}
          />
        </>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: (text: string) => Promise<Array<ComboboxOption<string>>>;
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const labelId = useId();
  return (
    <>
      <span id={labelId} hidden>
        {label}
      </span>
      <Combobox
        width={26}
        aria-labelledby={labelId}
        placeholder={label}
        value={value === '' ? null : value}
        options={options}
        createCustomValue
        onChange={(option) => onChange(option.value)}
      />
    </>
  );
}

/** More than this nobody scrolls through: typing narrows them. */
const maxOptions = 200;

function toOptions(values: readonly string[], text: string): Array<ComboboxOption<string>> {
  const found = values.filter((value) => value !== '' && value.toLowerCase().includes(text.toLowerCase()));
  return [...new Set(found)].slice(0, maxOptions).map((value) => ({ value, label: value }));
}

async function services(text: string): Promise<Array<ComboboxOption<string>>> {
  const answer = await serverClient().listServices({ namespace: [] });
  return toOptions(
    answer.services.map(({ service }) => service),
    text
  );
}

async function labelNames(range: Required<TimeRangeQuery>, text: string): Promise<Array<ComboboxOption<string>>> {
  return toOptions((await serverClient().listLabelNames(range)).names, text);
}

async function labelValues(
  name: string,
  range: Required<TimeRangeQuery>,
  text: string
): Promise<Array<ComboboxOption<string>>> {
  return toOptions((await serverClient().listLabelValues({ name, ...range })).values, text);
}

function getStyles(theme: GrafanaTheme2) {
  return { choice: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }) };
}
