import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';

export type VerdictName = 'confirmed' | 'likely' | 'inconclusive';

/** Weakest first. */
const verdicts: readonly VerdictName[] = ['inconclusive', 'likely', 'confirmed'];

interface VerdictMarkProps {
  readonly verdict: VerdictName;
  /** As a headline. */
  readonly isLarge?: boolean;
}

/** A verdict as a word that can be seen from afar, with as many dots as it is strong. */
export function VerdictMark({ verdict, isLarge = false }: VerdictMarkProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const color = {
    confirmed: theme.colors.success.text,
    likely: theme.colors.warning.text,
    inconclusive: theme.colors.text.secondary,
  }[verdict];
  const rank = verdicts.indexOf(verdict) + 1;
  return (
    <span className={styles.mark} style={{ color, ...(isLarge ? { fontSize: theme.typography.h4.fontSize } : {}) }}>
      <span className={styles.dots} aria-hidden>
        {verdicts.map((step, index) => (
          <span key={step} className={styles.dot} style={index < rank ? { background: color } : {}} />
        ))}
      </span>
      {verdictWord(verdict)}
    </span>
  );
}

export function verdictWord(verdict: VerdictName): string {
  const words: Readonly<Record<VerdictName, string>> = {
    confirmed: t('evidence.verdict.confirmed', 'confirmed'),
    likely: t('evidence.verdict.likely', 'likely'),
    inconclusive: t('evidence.verdict.inconclusive', 'inconclusive'),
  };
  return words[verdict];
}

function getStyles(theme: GrafanaTheme2) {
  return {
    mark: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      fontWeight: theme.typography.fontWeightBold,
      textTransform: 'uppercase',
      letterSpacing: '0.04em',
      whiteSpace: 'nowrap',
    }),
    dots: css({ display: 'inline-flex', gap: 3 }),
    dot: css({
      width: 8,
      height: 8,
      borderRadius: theme.shape.radius.circle,
      border: '1px solid currentColor',
    }),
  };
}
