// The lines of a cluster, read from the log store: a component of our own, so that it looks the same in every host.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, InlineSwitch, LoadingBar, useStyles2 } from '@grafana/ui';
import type { ListClusterLinesResponse, Sample } from '@loghunter/contracts';
import React, { useId, useState } from 'react';
import type { RequestState } from '../../api/latest-request';
import { testIds } from '../../test-ids';
import { countOf } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { LineRow } from './LineRow';
import { MaskLegend } from './MaskLegend';
import { nextLineLimit } from './line-limits';
import { StoredSamples } from './StoredSamples';

interface LineListProps {
  readonly request: RequestState<ListClusterLinesResponse>;
  /** Shown when the log store has nothing to give. */
  readonly samples: readonly Sample[];
  readonly limit: number;
  readonly timeZone: string;
  readonly onLoadMore: (limit: number) => void;
  readonly onRetry: () => void;
}

export function LineList({ request, samples, limit, timeZone, onLoadMore, onRetry }: LineListProps) {
  const styles = useStyles2(getStyles);
  const [isWrapped, setIsWrapped] = useState(true);
  const [isExplained, setIsExplained] = useState(true);
  const { answer, error, isLoading } = request;
  const switches = (
    <>
      <LabelledSwitch label="Why here" value={isExplained} onChange={setIsExplained} />
      <LabelledSwitch label="Wrap" value={isWrapped} onChange={setIsWrapped} />
    </>
  );
  return (
    <Section title="Lines" actions={switches} testId={testIds.cluster.lines} isFlush>
      <div className={styles.bar}>{isLoading && <LoadingBar width={400} />}</div>
      {error && (
        <div className={styles.padded}>
          <ProblemNotice error={error} onRetry={onRetry} />
        </div>
      )}
      {answer === undefined && isLoading && <p className={styles.note}>Reading lines from the log store …</p>}
      {answer === undefined && error && <StoredSamples samples={samples} timeZone={timeZone} />}
      {answer && <Lines answer={answer} isWrapped={isWrapped} isExplained={isExplained} timeZone={timeZone} />}
      {answer?.lines.length === 0 && <StoredSamples samples={samples} timeZone={timeZone} />}
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
  return <InlineSwitch id={id} transparent showLabel label={label} value={value} onChange={() => onChange(!value)} />;
}

interface LinesProps {
  readonly answer: ListClusterLinesResponse;
  readonly isWrapped: boolean;
  readonly isExplained: boolean;
  readonly timeZone: string;
}

function Lines({ answer, isWrapped, isExplained, timeZone }: LinesProps) {
  const styles = useStyles2(getStyles);
  if (answer.lines.length === 0) {
    return (
      <p className={styles.note}>
        The log store has no lines of this cluster in this time range. They may be past its retention.
      </p>
    );
  }
  return (
    <>
      {isExplained && <MaskLegend lines={answer.lines} />}
      <ol className={styles.lines}>
        {answer.lines.map((line, index) => (
          <LineRow
            key={`${line.timestampNs} ${index}`}
            line={line}
            isWrapped={isWrapped}
            isExplained={isExplained}
            timeZone={timeZone}
          />
        ))}
      </ol>
    </>
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
  const stopped = answer.isComplete || isFull ? '' : ' The search stopped before the whole range was read.';
  return (
    <footer className={styles.footer}>
      <span>
        {countOf(answer.lines.length, 'event')} shown, newest first; {countOf(answer.scannedLineCount, 'line')} read
        from the log store.
        {stopped}
      </span>
      {isFull && larger !== undefined && (
        <Button variant="secondary" size="sm" disabled={isLoading} onClick={() => onLoadMore(larger)}>
          Show up to {larger}
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
