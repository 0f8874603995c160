import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { useState, type ReactNode } from 'react';
import { t } from '../translations';
import { foldAt } from './fold';

interface FoldedTextProps {
  readonly text: string;
  /** Draws the text up to an offset; the rest is folded away. */
  readonly render: (endOffset: number) => ReactNode;
}

/** Text of many lines, such as a stack trace: its first lines, and a button for the rest. */
export function FoldedText({ text, render }: FoldedTextProps) {
  const styles = useStyles2(getStyles);
  const [isOpen, setIsOpen] = useState(false);
  const fold = foldAt(text);
  if (fold === undefined) {
    return <>{render(text.length)}</>;
  }
  return (
    <>
      {render(isOpen ? text.length : fold.endOffset)}
      <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen
          ? t('app.fold.less', 'Show less')
          : t('app.fold.more', 'Show {{count}} more lines', { count: fold.hiddenLineCount })}
      </button>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    more: css({
      display: 'block',
      position: 'relative',
      marginTop: theme.spacing(0.25),
      padding: 0,
      border: 0,
      background: 'none',
      color: theme.colors.text.link,
      fontFamily: theme.typography.fontFamily,
      fontSize: theme.typography.bodySmall.fontSize,
      '&:hover': { textDecoration: 'underline' },
    }),
  };
}
