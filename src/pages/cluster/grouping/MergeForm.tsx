import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Field, FilterInput, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { Cluster, NewClusterRule } from '@loghunter/contracts';
import React, { useState } from 'react';
import { t } from '../../../translations';
import { countOf } from '../../../ui/number-format';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { rowHover } from '../../../ui/row-highlight';
import { TemplateText } from '../../../ui/TemplateText';
import type { RuleFormProps } from './rule-form-props';
import { useClustersOfService } from './use-clusters-of-service';

/** Which one the others are shown as: this cluster, or the chosen one. */
type Direction = 'into-this' | 'into-other';

export function MergeForm({ answer, range, onChange }: RuleFormProps) {
  const { cluster } = answer;
  const [direction, setDirection] = useState<Direction>('into-this');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  function change(ids: readonly string[], way: Direction) {
    // Only one cluster can take this one in.
    const kept = way === 'into-other' ? ids.slice(-1) : ids;
    setChosen(kept);
    setDirection(way);
    onChange(toRule(cluster.id, kept, way));
  }
  return (
    <>
      <Field label={t('cluster.rule.direction', 'Which way')}>
        <RadioButtonGroup<Direction>
          value={direction}
          options={[
            { value: 'into-this', label: t('cluster.rule.intoThis', 'Chosen ones into this one') },
            { value: 'into-other', label: t('cluster.rule.intoOther', 'This one into the chosen one') },
          ]}
          onChange={(way) => change(chosen, way)}
        />
      </Field>
      <ClusterChoice
        cluster={cluster}
        range={range}
        chosen={chosen}
        isSingle={direction === 'into-other'}
        onChoose={(ids) => change(ids, direction)}
      />
    </>
  );
}

function toRule(id: string, chosen: readonly string[], direction: Direction): NewClusterRule | undefined {
  const [first] = chosen;
  if (first === undefined) {
    return undefined;
  }
  return direction === 'into-this'
    ? { kind: 'merge', clusterIds: [...chosen], intoId: id }
    : { kind: 'merge', clusterIds: [id], intoId: first };
}

interface ClusterChoiceProps {
  readonly cluster: Cluster;
  readonly range: RuleFormProps['range'];
  readonly chosen: readonly string[];
  readonly isSingle: boolean;
  readonly onChoose: (ids: readonly string[]) => void;
}

function ClusterChoice({ cluster, range, chosen, isSingle, onChoose }: ClusterChoiceProps) {
  const styles = useStyles2(getStyles);
  const [text, setText] = useState('');
  const { answer: found, error, reload } = useClustersOfService(cluster, range, text);
  const filterLabel = t('cluster.rule.mergeFilter', 'Find clusters of the same service by text');
  return (
    <div>
      <FilterInput
        value={text}
        onChange={setText}
        escapeRegex={false}
        placeholder={filterLabel}
        aria-label={filterLabel}
      />
      {error && <ProblemNotice error={error} onRetry={reload} />}
      <ul className={styles.list} aria-label={t('cluster.rule.mergeList', 'Clusters of the same service')}>
        {found?.map((other) => (
          <li key={other.id}>
            <label className={styles.row}>
              <input
                type={isSingle ? 'radio' : 'checkbox'}
                checked={chosen.includes(other.id)}
                onChange={() =>
                  onChoose(chosen.includes(other.id) ? chosen.filter((id) => id !== other.id) : [...chosen, other.id])
                }
              />
              <span>
                {other.title !== undefined && <strong>{other.title} </strong>}
                <TemplateText parts={other.template} lineCount={2} />
                <span className={styles.count}>{countOf(other.eventCount, 'event')}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found?.length === 0 && (
        <p className={styles.count}>
          {t('cluster.rule.mergeNone', 'No other cluster of this service matches in this time range.')}
        </p>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    list: css({
      listStyle: 'none',
      marginTop: theme.spacing(1),
      maxHeight: 300,
      overflowY: 'auto',
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      '& > li + li': { borderTop: `1px solid ${theme.colors.border.weak}` },
      '&:empty': { display: 'none' },
    }),
    row: css({
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      margin: 0,
      padding: theme.spacing(1),
      cursor: 'pointer',
      '&:hover': rowHover(theme),
      '& input': { accentColor: theme.colors.primary.main, marginTop: 4, flex: 'none' },
    }),
    count: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
