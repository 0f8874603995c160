import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { Level } from '@loghunter/contracts';
import React from 'react';
import { levelColor } from './level-style';

/** A level as a coloured dot and its word: colour alone would say nothing to many. */
export function LevelMark({ level, wordClassName }: { level: Level; wordClassName?: string }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <span className={styles.mark}>
      <span className={styles.dot} style={{ background: levelColor(level, theme) }} aria-hidden />
      <span className={wordClassName}>{level}</span>
    </span>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    mark: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75), whiteSpace: 'nowrap' }),
    dot: css({ width: 8, height: 8, borderRadius: theme.shape.radius.circle, flex: 'none' }),
  };
}
