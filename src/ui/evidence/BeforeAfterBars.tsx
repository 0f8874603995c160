import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';

interface BeforeAfterBarsProps {
  readonly before: number;
  readonly after: number;
  /** What fills the whole width; the same for all bars of a list, so that they can be compared. */
  readonly highest: number;
  readonly beforeText: string;
  readonly afterText: string;
}

/** Two bars, one below the other: how it was and how it is. */
export function BeforeAfterBars({ before, after, highest, beforeText, afterText }: BeforeAfterBarsProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <div className={styles.bars}>
      <Bar ratio={before / highest} color={theme.colors.text.disabled} />
      <span className={styles.secondary}>{beforeText}</span>
      <Bar ratio={after / highest} color={theme.colors.primary.main} />
      <span>{afterText}</span>
    </div>
  );
}

/** Whatever happened at all stays visible. */
const leastRatio = 0.01;

function Bar({ ratio, color }: { ratio: number; color: string }) {
  const styles = useStyles2(getStyles);
  const shown = ratio <= 0 ? 0 : Math.min(1, Math.max(leastRatio, ratio));
  return (
    <div className={styles.track} aria-hidden>
      <div className={styles.bar} style={{ width: `${shown * 100}%`, background: color }} />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bars: css({
      display: 'grid',
      gridTemplateColumns: 'minmax(60px, 1fr) max-content',
      alignItems: 'center',
      gap: theme.spacing(0.25, 1),
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
    }),
    secondary: css({ color: theme.colors.text.secondary }),
    track: css({ height: 6, borderRadius: theme.shape.radius.pill, background: theme.colors.background.secondary }),
    bar: css({ height: '100%', borderRadius: theme.shape.radius.pill }),
  };
}
