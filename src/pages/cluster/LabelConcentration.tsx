import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ListClusterLabelsResponse } from '@loghunter/contracts';
import React from 'react';
import type { RequestState } from '../../api/latest-request';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { countOf, percent } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { FigureLogql } from './FigureLogql';

type Label = ListClusterLabelsResponse['labels'][number];
type LabelValue = Label['values'][number];

interface LabelConcentrationProps {
  readonly request: RequestState<ListClusterLabelsResponse>;
  readonly onRetry: () => void;
}

/** Where the cluster's lines come from, against where all lines of the range come from. */
export function LabelConcentration({ request, onRetry }: LabelConcentrationProps) {
  const styles = useStyles2(getStyles);
  const { answer, error, isLoading } = request;
  return (
    <Section title={t('cluster.labels.title', 'Where its lines come from')} testId={testIds.cluster.labels}>
      {error && <ProblemNotice error={error} onRetry={onRetry} />}
      {answer === undefined && isLoading && (
        <p className={styles.note}>{t('cluster.labels.loading', 'Comparing labels …')}</p>
      )}
      {answer?.labels.length === 0 && (
        <p className={styles.note}>{t('cluster.labels.none', 'No labels to compare in this time range.')}</p>
      )}
      {answer && answer.labels.length > 0 && (
        <>
          <p className={styles.note}>
            {t('cluster.labels.legend', "Bar: share of this cluster's lines. Mark: share of all lines.")}
          </p>
          <div className={styles.labels}>
            {answer.labels.map((label) => (
              <LabelBars key={label.name} label={label} />
            ))}
          </div>
        </>
      )}
    </Section>
  );
}

/** The rest is a long tail that a bar cannot show. */
const shownValueCount = 5;

function LabelBars({ label }: { label: Label }) {
  const styles = useStyles2(getStyles);
  // A value that none of its lines has says something only as one of many.
  const present = label.values.filter((value) => value.lineCount > 0);
  const foldedCount = Math.max(0, present.length - shownValueCount);
  const absentCount = label.values.length - present.length;
  return (
    <div>
      <h3 className={styles.name}>
        {label.name}
        <FigureLogql name={label.name} pick={({ labels }) => labels.find(({ name }) => name === label.name)?.query} />
      </h3>
      <ul className={styles.values}>
        {present.slice(0, shownValueCount).map((value) => (
          <ValueBar key={value.value} value={value} />
        ))}
      </ul>
      {foldedCount > 0 && (
        <p className={styles.rest}>
          {t('cluster.labels.more', 'and {{count, number}} more values', {
            count: foldedCount,
            defaultValue_one: 'and {{count, number}} more value',
          })}
        </p>
      )}
      {absentCount > 0 && (
        <p className={styles.rest}>
          {t('cluster.labels.absent', 'none of {{count, number}} other values', {
            count: absentCount,
            defaultValue_one: 'none of {{count, number}} other value',
          })}
        </p>
      )}
    </div>
  );
}

function ValueBar({ value }: { value: LabelValue }) {
  const styles = useStyles2(getStyles);
  const empty = t('cluster.labels.empty', 'empty');
  const spoken = t('cluster.labels.spoken', '{{value}}: {{share}} of this cluster, {{overall}} of all lines', {
    ...{ value: value.value || empty, share: percent(value.share), overall: percent(value.overallShare) },
  });
  return (
    <li title={`${spoken} (${countOf(value.lineCount, 'line')})`}>
      <div className={styles.text}>
        <span className={styles.value}>{value.value || <em>{empty}</em>}</span>
        <span className={styles.shares}>
          {percent(value.share)}{' '}
          <span className={styles.overall}>
            {t('cluster.labels.against', 'vs {{overall}}', { overall: percent(value.overallShare) })}
          </span>
        </span>
      </div>
      <div className={styles.track} role="img" aria-label={spoken}>
        <div className={styles.bar} style={{ width: `${value.share * 100}%` }} />
        <div className={styles.mark} style={{ left: `${value.overallShare * 100}%` }} />
      </div>
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: theme.spacing(0, 0, 1), color: theme.colors.text.secondary }),
    rest: css({ ...small, margin: theme.spacing(0.5, 0, 0), color: theme.colors.text.secondary }),
    labels: css({
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
      gap: theme.spacing(1.5, 4),
    }),
    name: css({
      ...small,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      margin: theme.spacing(0, 0, 0.5),
      fontWeight: theme.typography.fontWeightMedium,
      color: theme.colors.text.secondary,
    }),
    values: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(0.75) }),
    text: css({ ...small, display: 'flex', justifyContent: 'space-between', gap: theme.spacing(1) }),
    value: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    shares: css({ flex: 'none', fontVariantNumeric: 'tabular-nums' }),
    overall: css({ color: theme.colors.text.secondary }),
    track: css({
      position: 'relative',
      height: 6,
      borderRadius: theme.shape.radius.pill,
      background: theme.colors.background.secondary,
    }),
    bar: css({ height: '100%', borderRadius: theme.shape.radius.pill, background: theme.colors.primary.main }),
    mark: css({
      position: 'absolute',
      top: -2,
      bottom: -2,
      width: 2,
      marginLeft: -1,
      background: theme.colors.text.primary,
    }),
  };
}
