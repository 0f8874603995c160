import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { severities, severityColor, severityRank, severityWord, type SeverityName } from './severity-style';

/** A severity as bars, like those of a signal's strength, and its word: colour alone would say nothing to many. */
export function SeverityMark({ severity }: { severity: SeverityName }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const rank = severityRank(severity);
  return (
    <span className={styles.mark}>
      <svg width={14} height={12} viewBox="0 0 14 12" aria-hidden>
        {severities.map((step, index) => (
          <rect
            key={step}
            x={index * 3.6}
            y={9 - index * 3}
            width={2.6}
            height={3 + index * 3}
            fill={index < rank ? severityColor(severity, theme) : theme.colors.border.medium}
          />
        ))}
      </svg>
      {severityWord(severity)}
    </span>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    mark: css({ display: 'inline-flex', alignItems: 'center', gap: theme.spacing(0.75), whiteSpace: 'nowrap' }),
  };
}
