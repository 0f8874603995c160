import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import React from 'react';
import { t } from '../translations';

interface JobProgressProps {
  /** 0..1 */
  readonly progress: number;
  /** What it does now. */
  readonly text: string;
  readonly isCancelling?: boolean;
  /** Absent: it cannot be stopped by whoever looks. */
  readonly onCancel?: (() => void) | undefined;
}

/** A job under way: how far, with what, and a way to stop it. */
export function JobProgress({ progress, text, isCancelling = false, onCancel }: JobProgressProps) {
  const styles = useStyles2(getStyles);
  const percent = Math.round(progress * 100);
  return (
    <div className={styles.job}>
      <div className={styles.words}>
        <span aria-live="polite">{text}</span>
        <span className={styles.percent}>{percent} %</span>
        {onCancel && (
          <Button size="sm" variant="secondary" icon="times" disabled={isCancelling} onClick={onCancel}>
            {isCancelling ? t('job.stopping', 'Stopping …') : t('job.cancel', 'Cancel')}
          </Button>
        )}
      </div>
      <div
        className={styles.track}
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-label={text}
      >
        <div className={styles.bar} style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    job: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.75) }),
    words: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2), minHeight: 24 }),
    percent: css({
      marginInlineStart: 'auto',
      color: theme.colors.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    }),
    track: css({
      height: 6,
      borderRadius: theme.shape.radius.pill,
      background: theme.colors.background.secondary,
      overflow: 'hidden',
    }),
    bar: css({
      height: '100%',
      background: theme.colors.primary.main,
      [theme.transitions.handleMotion('no-preference')]: { transition: 'width 300ms ease-out' },
    }),
  };
}
