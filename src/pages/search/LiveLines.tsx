import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { SearchLogsRequest, TailLine } from '@loghunter/contracts';
import React, { useEffect, useState } from 'react';
import type { ServerError } from '../../api/server-error';
import { followLines } from '../../api/tail';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { logLineStyle } from '../../ui/log-line-style';
import { LevelMark } from '../../ui/LevelMark';
import { nanosecondsToMs } from '../../ui/nanoseconds';
import { exactCount } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';

interface LiveLinesProps {
  readonly request: SearchLogsRequest;
  readonly timeZone: string;
  readonly onStop: () => void;
}

/** Lines that are shown; older ones go. */
const shownLines = 200;

interface LiveState {
  readonly lines: readonly TailLine[];
  readonly lineCount: number;
  readonly hasGap: boolean;
  readonly isRunning: boolean;
  readonly error: ServerError | undefined;
}

const nothingYet: LiveState = { lines: [], lineCount: 0, hasGap: false, isRunning: false, error: undefined };

/** Lines as they come, the newest first. */
export function LiveLines({ request, timeZone, onStop }: LiveLinesProps) {
  const styles = useStyles2(getStyles);
  const { lines, lineCount, hasGap, isRunning, error } = useFollowedLines(request);
  return (
    <section className={styles.live} data-testid={testIds.search.live} aria-label={t('search.live', 'Live lines')}>
      <div className={styles.head}>
        <span role="status">
          {t('search.live-count', '{{count}} lines so far, the newest first', { count: exactCount(lineCount) })}
        </span>
        {hasGap && (
          <span className={styles.gap}>
            {t('search.live-gap', 'Some lines were left out: more came than can be shown. The search finds them.')}
          </span>
        )}
        <Button size="sm" variant="secondary" icon="square-shape" onClick={onStop}>
          {t('search.live-stop', 'Stop')}
        </Button>
      </div>
      {error && <ProblemNotice error={error} />}
      {lines.length === 0 && error === undefined && (
        <LoadingPlaceholder
          text={
            isRunning
              ? t('search.live-quiet', 'No line in the last minute. Lines appear here as they come.')
              : t('search.live-waiting', 'Waiting for lines')
          }
        />
      )}
      <ol className={styles.lines}>
        {lines.map((line) => (
          <li key={line.id} data-testid={testIds.search.liveLine}>
            <time dateTime={new Date(nanosecondsToMs(line.timestampNs)).toISOString()}>
              {dateTimeFormat(nanosecondsToMs(line.timestampNs), { timeZone, format: 'HH:mm:ss.SSS' })}
            </time>
            <LevelMark level={line.level} />
            <span className={styles.service}>{line.service}</span>
            <pre>{line.text}</pre>
          </li>
        ))}
      </ol>
    </section>
  );
}

function useFollowedLines(request: SearchLogsRequest): LiveState {
  const [state, setState] = useState(nothingYet);
  const { service, namespace, level, text, query } = request;
  const key = JSON.stringify({ service, namespace, level, text, query });
  useEffect(() => {
    const leaving = new AbortController();
    void followLines(JSON.parse(key), leaving.signal, {
      onLines: (fresh, isGap) =>
        setState((before) => ({
          ...before,
          isRunning: true,
          lines: [...[...fresh].reverse(), ...before.lines].slice(0, shownLines),
          lineCount: before.lineCount + fresh.length,
          hasGap: before.hasGap || isGap,
        })),
      onProblem: (error) => setState((before) => ({ ...before, error, isRunning: error === undefined })),
    });
    return () => leaving.abort();
  }, [key]);
  return state;
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    live: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    head: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 2),
      color: theme.colors.text.secondary,
      ...small,
      '& button': { marginLeft: 'auto' },
    }),
    gap: css({ color: theme.colors.warning.text }),
    service: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
    lines: css({
      listStyle: 'none',
      margin: 0,
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
