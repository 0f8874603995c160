import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { ClusterVariable, ListClusterVariablesResponse } from '@loghunter/contracts';
import React from 'react';
import type { RequestState } from '../../api/latest-request';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { countOf, exactCount, percent } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { VariableChip } from '../../ui/TemplateText';
import { variableColors } from '../../ui/variable-style';
import { numberText } from './number-text';

interface VariableValuesProps {
  readonly request: RequestState<ListClusterVariablesResponse>;
  /** Text that lines are narrowed to now. */
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
  readonly onRetry: () => void;
}

/** What stands at the variable places of the template: most frequent values, and how numbers are spread. */
export function VariableValues({ request, chosen, onChoose, onRetry }: VariableValuesProps) {
  const styles = useStyles2(getStyles);
  const { answer, error, isLoading } = request;
  return (
    <Section title={t('cluster.values.title', 'Values')} testId={testIds.cluster.values}>
      {error && <ProblemNotice error={error} onRetry={onRetry} />}
      {answer === undefined && isLoading && (
        <p className={styles.note}>{t('cluster.values.loading', 'Reading values from the newest events …')}</p>
      )}
      {answer && <p className={styles.note}>{sourceText(answer)}</p>}
      <div className={styles.variables}>
        {answer?.variables.map(
          (variable, index) =>
            // Places without values of their own, such as the frames of a stack trace, have nothing to show.
            variable.valueCount > 0 && (
              <Variable key={index} variable={variable} place={index} chosen={chosen} onChoose={onChoose} />
            )
        )}
      </div>
    </Section>
  );
}

function sourceText({ variables, readEventCount, eventCount, isComplete }: ListClusterVariablesResponse): string {
  if (variables.length === 0) {
    return t('cluster.values.none', 'The template has no variable places: all its lines say the same.');
  }
  if (readEventCount === 0 && !isComplete) {
    return t(
      'cluster.values.stopped',
      'The search in the log store stopped before it found lines of this cluster: it was too busy, or has too many other lines.'
    );
  }
  if (readEventCount === 0) {
    return t('cluster.values.unread', 'The log store has no lines of this cluster in this time range.');
  }
  return isComplete
    ? t('cluster.values.all', 'Of all {{events}} in this time range. A click shows the lines.', {
        events: countOf(readEventCount, 'event'),
      })
    : t('cluster.values.newest', 'Of the newest {{read}} of {{events}}. A click shows the lines.', {
        read: exactCount(readEventCount),
        events: countOf(eventCount, 'event'),
      });
}

/** The rest is a long tail. */
const shownValueCount = 5;

interface VariableProps extends Pick<VariableValuesProps, 'chosen' | 'onChoose'> {
  readonly variable: ClusterVariable;
  readonly place: number;
}

function Variable({ variable, place, chosen, onChoose }: VariableProps) {
  const styles = useStyles2(getStyles);
  const { type, isPersonal, valueCount, distinctEstimate, numbers, topValues } = variable;
  return (
    <div>
      <h3 className={styles.name}>
        {place + 1}. <VariableChip type={type} />
        <span className={styles.distinct}>
          {t('cluster.values.distinct', 'about {{values}}', { values: countOf(Math.round(distinctEstimate), 'value') })}
        </span>
      </h3>
      {isPersonal && (
        <p className={styles.note}>
          {t('cluster.values.personal', 'About people, or secret: shown under other names.')}
        </p>
      )}
      {numbers && <p className={styles.note}>{numberText(numbers)}</p>}
      <ul className={styles.values}>
        {topValues.slice(0, shownValueCount).map((top) => (
          <Value
            key={top.value}
            value={top}
            share={valueCount === 0 ? 0 : top.count / valueCount}
            type={type}
            isChosen={chosen === top.value}
            onChoose={onChoose}
          />
        ))}
      </ul>
    </div>
  );
}

interface ValueProps {
  readonly value: ClusterVariable['topValues'][number];
  readonly share: number;
  readonly type: string;
  readonly isChosen: boolean;
  readonly onChoose: (value: string) => void;
}

function Value({ value, share, type, isChosen, onChoose }: ValueProps) {
  const styles = useStyles2(getStyles);
  const colors = variableColors(type, useTheme2());
  const content = (
    <>
      <span className={styles.fill} style={{ width: `${share * 100}%`, background: colors.background }} aria-hidden />
      <span className={styles.value}>{value.value}</span>
      <span className={styles.share}>{percent(share)}</span>
    </>
  );
  const title = t('cluster.values.count', '{{value}}: {{times}}', {
    value: value.value,
    times:
      value.count === value.maxCount
        ? countOf(value.count, 'time')
        : `${exactCount(value.count)}–${exactCount(value.maxCount)}`,
  });
  return (
    <li>
      {value.isPseudonym ? (
        <span className={styles.row} title={title}>
          {content}
        </span>
      ) : (
        <button
          type="button"
          className={cx(styles.row, styles.button, isChosen && styles.chosen)}
          aria-pressed={isChosen}
          title={title}
          onClick={() => onChoose(isChosen ? '' : value.value)}
        >
          {content}
        </button>
      )}
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: theme.spacing(0, 0, 0.5), color: theme.colors.text.secondary }),
    variables: css({
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
      gap: theme.spacing(1.5, 3),
    }),
    name: css({
      ...small,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      margin: theme.spacing(0, 0, 0.5),
    }),
    distinct: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
    values: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: 2 }),
    row: css({
      ...small,
      position: 'relative',
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      width: '100%',
      padding: theme.spacing(0.25, 0.5),
      border: '1px solid transparent',
      borderRadius: theme.shape.radius.default,
      background: 'none',
      color: theme.colors.text.primary,
      textAlign: 'left',
      overflow: 'hidden',
    }),
    button: css({ '&:hover': { borderColor: theme.colors.border.strong } }),
    chosen: css({ borderColor: theme.colors.primary.border }),
    fill: css({ position: 'absolute', insetBlock: 0, insetInlineStart: 0 }),
    value: css({
      position: 'relative',
      fontFamily: theme.typography.fontFamilyMonospace,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    }),
    share: css({ position: 'relative', flex: 'none', fontVariantNumeric: 'tabular-nums' }),
  };
}
