// The lines of a cluster, read from the log store: a component of our own, so that it looks the same in every host.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, LoadingBar, Stack, Switch, useStyles2 } from '@grafana/ui';
import type { ClusterLine, GetClusterResponse, ListClusterLinesResponse } from '@loghunter/contracts';
import React, { useId, useState } from 'react';
import type { RequestState } from '../../api/latest-request';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { countOf } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { LineRow } from './LineRow';
import { MaskLegend } from './MaskLegend';
import { lineKeys } from './line-keys';
import { nextLineLimit } from './line-limits';
import { StoredSamples } from './StoredSamples';

interface LineListProps {
  readonly request: RequestState<ListClusterLinesResponse>;
  /** The cluster; its stored samples are shown when the log store has nothing to give. */
  readonly answer: GetClusterResponse;
  readonly limit: number;
  readonly timeZone: string;
  /** Only lines that hold this text are shown; empty: all. */
  readonly text: string;
  /** Nanoseconds of the line that a link led to; empty: none. */
  readonly linkedAt: string;
  readonly onClearText: () => void;
  readonly onLoadMore: (limit: number) => void;
  readonly onRetry: () => void;
}

export function LineList(props: LineListProps) {
  const { request, answer: clusterAnswer, limit, timeZone, onLoadMore, onRetry } = props;
  const styles = useStyles2(getStyles);
  const [isWrapped, setIsWrapped] = useState(true);
  const [isExplained, setIsExplained] = useState(true);
  const { answer, error, isLoading } = request;
  const switches = (
    <>
      <LabelledSwitch label={t('cluster.lines.why', 'Why here')} value={isExplained} onChange={setIsExplained} />
      <LabelledSwitch label={t('cluster.lines.wrap', 'Wrap')} value={isWrapped} onChange={setIsWrapped} />
    </>
  );
  const samples = <StoredSamples samples={clusterAnswer.samples} timeZone={timeZone} />;
  return (
    <Section title={t('cluster.lines.title', 'Lines')} actions={switches} testId={testIds.cluster.lines} isFlush>
      <div className={styles.bar}>{isLoading && <LoadingBar width={400} />}</div>
      {error && (
        <div className={styles.padded}>
          <ProblemNotice error={error} onRetry={onRetry} />
        </div>
      )}
      {answer === undefined && isLoading && (
        <p className={styles.note}>{t('cluster.lines.loading', 'Reading lines from the log store …')}</p>
      )}
      {answer === undefined && error && samples}
      {answer && <Lines {...props} lines={answer} isWrapped={isWrapped} isExplained={isExplained} />}
      {answer?.lines.length === 0 && samples}
      {answer && <LinesFooter answer={answer} limit={limit} isLoading={isLoading} onLoadMore={onLoadMore} />}
    </Section>
  );
}

interface LabelledSwitchProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

function LabelledSwitch({ label, value, onChange }: LabelledSwitchProps) {
  // Without an id the label would not belong to the switch.
  const id = useId();
  return (
    <Stack alignItems="center" gap={1}>
      <label htmlFor={id}>{label}</label>
      <Switch id={id} value={value} onChange={() => onChange(!value)} />
    </Stack>
  );
}

interface LinesProps extends LineListProps {
  readonly lines: ListClusterLinesResponse;
  readonly isWrapped: boolean;
  readonly isExplained: boolean;
}

function Lines(props: LinesProps) {
  const styles = useStyles2(getStyles);
  const { lines, text, isExplained, linkedAt } = props;
  if (lines.lines.length === 0) {
    return (
      <p className={styles.note}>
        {lines.isComplete
          ? t(
              'cluster.lines.none',
              'The log store has no lines of this cluster in this time range. They may be past its retention.'
            )
          : t(
              'cluster.lines.notFound',
              'No lines of this cluster were found before the search stopped. A shorter time range, or another try, may find them.'
            )}
      </p>
    );
  }
  const shown = text === '' ? lines.lines : lines.lines.filter((line) => line.text.includes(text));
  return (
    <>
      {linkedAt !== '' && !shown.some(({ timestampNs }) => timestampNs === linkedAt) && (
        <p className={styles.note} role="status">
          {t(
            'cluster.lines.linkedMissing',
            'The line that the link leads to is not among these. It may be past the log store’s retention, or further down.'
          )}
        </p>
      )}
      {text !== '' && <TextNote {...props} shownCount={shown.length} />}
      {isExplained && <MaskLegend lines={shown} />}
      <LineRows {...props} shown={shown} />
    </>
  );
}

function LineRows(props: LinesProps & { shown: readonly ClusterLine[] }) {
  const styles = useStyles2(getStyles);
  const { shown, answer, isWrapped, isExplained, timeZone, linkedAt } = props;
  const keys = lineKeys(shown);
  return (
    <ol className={styles.lines}>
      {shown.map((line, index) => (
        <LineRow
          key={keys[index]}
          line={line}
          cluster={answer.cluster}
          isWrapped={isWrapped}
          isExplained={isExplained}
          isLinked={line.timestampNs === linkedAt}
          timeZone={timeZone}
        />
      ))}
    </ol>
  );
}

/** Says what the lines are narrowed to, and of how many: the rest of the range was not looked at. */
function TextNote({ text, lines, shownCount, onClearText }: LinesProps & { shownCount: number }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.textNote} role="status">
      <span>
        {t('cluster.lines.narrowed', '{{shown}} of the {{count, number}} newest events read hold “{{text}}”', {
          shown: shownCount,
          count: lines.lines.length,
          text,
          defaultValue_one: '{{shown}} of the {{count, number}} newest event read hold “{{text}}”',
        })}
      </span>
      <Button size="sm" variant="secondary" icon="times" onClick={onClearText}>
        {t('cluster.lines.showAll', 'Show all lines')}
      </Button>
    </div>
  );
}

interface LinesFooterProps {
  readonly answer: ListClusterLinesResponse;
  readonly limit: number;
  readonly isLoading: boolean;
  readonly onLoadMore: (limit: number) => void;
}

function LinesFooter({ answer, limit, isLoading, onLoadMore }: LinesFooterProps) {
  const styles = useStyles2(getStyles);
  const larger = nextLineLimit(limit);
  const isFull = answer.lines.length >= limit;
  const stopped =
    answer.isComplete || isFull
      ? ''
      : ` ${t('cluster.lines.stopped', 'The search stopped before the whole range was read.')}`;
  return (
    <footer className={styles.footer}>
      <span>
        {t('cluster.lines.read', '{{events}} read, newest first; {{lines}} looked at in the log store.', {
          events: countOf(answer.lines.length, 'event'),
          lines: countOf(answer.scannedLineCount, 'line'),
        })}
        {stopped}
      </span>
      {isFull && larger !== undefined && (
        <Button variant="secondary" size="sm" disabled={isLoading} onClick={() => onLoadMore(larger)}>
          {t('cluster.lines.more', 'Show up to {{count}}', { count: larger })}
        </Button>
      )}
    </footer>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize, color: theme.colors.text.secondary };
  return {
    bar: css({
      position: 'relative',
      height: 1,
      overflow: 'hidden',
      background: theme.colors.border.weak,
      '& > div': { width: '100%' },
    }),
    padded: css({ padding: theme.spacing(1.5) }),
    note: css({ ...small, margin: 0, padding: theme.spacing(1.5) }),
    textNote: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      padding: theme.spacing(0.75, 1.5),
      background: theme.colors.background.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    lines: css({ listStyle: 'none', overflowX: 'auto' }),
    footer: css({
      ...small,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 1.5),
      borderTop: `1px solid ${theme.colors.border.weak}`,
    }),
  };
}
