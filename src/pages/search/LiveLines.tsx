import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, FilterInput, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { TailLine, TailLogsRequest } from '@loghunter/contracts';
import React, { memo, useEffect, useRef, useState } from 'react';
import type { ServerError } from '../../api/server-error';
import { followLines } from '../../api/tail';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { logLineStyle } from '../../ui/log-line-style';
import { LevelMark } from '../../ui/LevelMark';
import { LineButtons } from '../../ui/lines/LineButtons';
import { LineTime } from '../../ui/lines/LineTime';
import { LineViewChips } from '../../ui/lines/LineViewChips';
import { shownText, type LineView } from '../../ui/lines/shown-text';
import { useLineView } from '../../ui/lines/use-line-view';
import { countOf, exactCount } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import {
  arrive,
  clearView,
  filterRows,
  mergeEqual,
  nothingFollowed,
  pauseView,
  resumeView,
  waitingCount,
  type FollowedLines,
} from './followed-lines';

type Followed = Omit<TailLogsRequest, 'after'>;

interface LiveLinesProps {
  readonly request: Followed;
  readonly timeZone: string;
  readonly onStop: () => void;
}

/** Lines as they come, the newest first. Who scrolls down, or pauses, reads on undisturbed. */
export function LiveLines({ request, timeZone, onStop }: LiveLinesProps) {
  const styles = useStyles2(getStyles);
  const followed = useFollowedLines(request);
  const { state, error, isRunning } = followed;
  const [text, setText] = useState('');
  const [view, setView] = useLineView();
  const list = useRef<HTMLOListElement>(null);
  const filtered = filterRows(state.rows, text);
  const rows = view.isDeduplicated ? mergeEqual(filtered) : filtered;

  function resume() {
    list.current?.scrollTo({ top: 0 });
    followed.resume();
  }

  return (
    <section className={styles.live} data-testid={testIds.search.live} aria-label={t('search.live', 'Live lines')}>
      <div className={styles.head}>
        <span role="status">
          {t('search.live-count', '{{lines}} so far, the newest first', { lines: countOf(state.lineCount, 'line') })}
        </span>
        {state.isPaused ? (
          <Button size="sm" icon="play" onClick={resume}>
            {t('search.live-resume', 'Go on: {{count}} waiting', { count: waitingCount(state) })}
          </Button>
        ) : (
          <Button size="sm" variant="secondary" icon="pause" onClick={followed.pause}>
            {t('search.live-pause', 'Pause')}
          </Button>
        )}
        <Button size="sm" variant="secondary" icon="trash-alt" onClick={followed.clear}>
          {t('search.live-clear', 'Clear lines')}
        </Button>
        <Button size="sm" variant="secondary" icon="square-shape" onClick={onStop}>
          {t('search.live-stop', 'Stop')}
        </Button>
        <div className={styles.filter}>
          <FilterInput
            value={text}
            onChange={setText}
            escapeRegex={false}
            placeholder={t('search.live-filter', 'Filter these lines')}
            aria-label={t('search.live-filter', 'Filter these lines')}
          />
        </div>
        <LineViewChips view={view} onChange={setView} />
      </div>
      {error && <ProblemNotice error={error} />}
      {rows.length === 0 && error === undefined && <NothingShown followed={state} isRunning={isRunning} />}
      <ol
        ref={list}
        className={styles.lines}
        tabIndex={0}
        aria-label={t('search.live', 'Live lines')}
        onScroll={(event) => (event.currentTarget.scrollTop > 0 ? followed.pause() : undefined)}
      >
        {rows.map((row) =>
          row.kind === 'gap' ? (
            <li key={row.id} className={styles.gap} data-testid={testIds.search.liveGap}>
              {gapText(row.count)}
            </li>
          ) : (
            <LiveLine key={row.id} line={row.line} times={row.times ?? 1} view={view} timeZone={timeZone} />
          )
        )}
      </ol>
    </section>
  );
}

function NothingShown({ followed, isRunning }: { followed: FollowedLines; isRunning: boolean }) {
  if (followed.rows.length > 0) {
    return <p>{t('search.live-none', 'None of these lines holds that text.')}</p>;
  }
  if (followed.isPaused) {
    return <p>{t('search.live-paused', 'Nothing is shown. Lines that come wait until you go on.')}</p>;
  }
  return <LoadingPlaceholder text={waitingText(isRunning, followed.lineCount)} />;
}

function waitingText(isRunning: boolean, lineCount: number): string {
  if (!isRunning) {
    return t('search.live-waiting', 'Waiting for lines');
  }
  return lineCount > 0
    ? t('search.live-cleared', 'Lines appear here as they come.')
    : t('search.live-quiet', 'No line in the last minute. Lines appear here as they come.');
}

function gapText(count: number | null): string {
  return count === null
    ? t('search.live-gap', 'Some lines were left out here: more came than can be shown. The search finds them.')
    : t('search.live-skipped', 'Skipped {{lines}}. The search finds them.', { lines: countOf(count, 'line') });
}

interface LiveLineProps {
  readonly line: TailLine;
  readonly times: number;
  readonly view: LineView;
  readonly timeZone: string;
}

const LiveLine = memo(function LiveLine({ line, times, view, timeZone }: LiveLineProps) {
  const styles = useStyles2(getStyles);
  return (
    <li data-testid={testIds.search.liveLine}>
      {view.hasTime && <LineTime timestampNs={line.timestampNs} timeZone={timeZone} format="HH:mm:ss.SSS" />}
      <span className={styles.level}>
        <LevelMark level={line.level} />
      </span>
      <span className={styles.source} title={line.service}>
        {line.service}
      </span>
      <pre className={cx(!view.isWrapped && styles.unwrapped)}>{shownText(line.text, view)}</pre>
      {times > 1 && (
        <span className={styles.service}>{t('lines.times', '{{count}} times', { count: exactCount(times) })}</span>
      )}
      <LineButtons line={line} />
    </li>
  );
});

function useFollowedLines(request: Followed) {
  const [state, setState] = useState(nothingFollowed);
  const [connection, setConnection] = useState<{
    readonly isRunning: boolean;
    readonly error: ServerError | undefined;
  }>({ isRunning: false, error: undefined });
  const key = JSON.stringify(request);
  useEffect(() => {
    const leaving = new AbortController();
    void followLines(JSON.parse(key), leaving.signal, {
      onLines: (fresh, isGap) => setState((before) => arrive(before, fresh, isGap)),
      onProblem: (error) => setConnection({ error, isRunning: error === undefined }),
    });
    return () => leaving.abort();
  }, [key]);
  return {
    state,
    ...connection,
    pause: () => setState((before) => (before.isPaused ? before : pauseView(before))),
    resume: () => setState(resumeView),
    clear: () => setState(clearView),
  };
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    live: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    head: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      color: theme.colors.text.secondary,
      ...small,
    }),
    filter: css({ flex: '1 1 180px', maxWidth: 320 }),
    gap: css({ color: theme.colors.warning.text }),
    unwrapped: css({ '&&': { whiteSpace: 'pre', overflowX: 'auto' } }),
    // As wide for each line, so that the texts stand in one column.
    level: css({ flex: 'none', width: theme.spacing(8) }),
    source: css({
      flex: 'none',
      width: theme.spacing(14),
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      color: theme.colors.text.secondary,
    }),
    service: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
    lines: css({
      listStyle: 'none',
      margin: 0,
      // Its own window: pages have no end to scroll to while lines come.
      maxHeight: '60vh',
      overflowY: 'auto',
      ...small,
      '& li': {
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'flex-start',
        gap: theme.spacing(0, 1),
        padding: theme.spacing(0.25, 0),
        borderTop: `1px solid ${theme.colors.border.weak}`,
      },
      ...logLineStyle(theme, '400px'),
    }),
  };
}
