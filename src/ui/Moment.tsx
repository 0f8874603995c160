import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { relativeTime } from './relative-time';

interface MomentProps {
  /** ISO 8601. */
  readonly at: string;
  readonly timeZone: string;
  /** Milliseconds since 1970 that count as now. */
  readonly nowMs: number;
}

/** A moment relative to now, with the exact time on hover and focus. */
export function Moment({ at, timeZone, nowMs }: MomentProps) {
  const styles = useStyles2(getStyles);
  const exact = dateTimeFormat(at, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' });
  return (
    <Tooltip content={exact}>
      <time dateTime={at} className={styles.time}>
        {relativeTime(Date.parse(at), nowMs)}
      </time>
    </Tooltip>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return { time: css({ whiteSpace: 'nowrap', color: theme.colors.text.primary, position: 'relative', zIndex: 1 }) };
}
