import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Portal, useStyles2 } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { testIds } from '../test-ids';
import { t } from '../translations';

export interface ToastContent {
  readonly text: string;
  readonly isProblem?: boolean;
  readonly undo?: () => void;
}

interface UndoToastProps {
  readonly content: ToastContent;
  /** Something is being done: undo has to wait. */
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

/** Long enough to read it, find the button and reach it. */
const shownMs = 10_000;

/** Says what was done, with a way back. Stays while the pointer or the keyboard is on it; a problem stays until it is closed. */
export function UndoToast({ content, isBusy, onClose }: UndoToastProps) {
  const styles = useStyles2(getStyles);
  const [isHeld, setIsHeld] = useState(false);
  const hold = () => setIsHeld(true);
  const release = () => setIsHeld(false);
  useEffect(() => {
    if (isHeld || content.isProblem) {
      return undefined;
    }
    const timer = setTimeout(onClose, shownMs);
    return () => clearTimeout(timer);
    // `onClose` is new on each render; only another content begins the time anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [content, isHeld]);
  return (
    <Portal>
      <div
        className={cx(styles.toast, content.isProblem && styles.problem)}
        role={content.isProblem ? 'alert' : 'status'}
        data-testid={testIds.toast}
        onMouseEnter={hold}
        onMouseLeave={release}
        onFocus={hold}
        onBlur={release}
      >
        <span>{content.text}</span>
        {content.undo && (
          <Button size="sm" variant="secondary" icon="history-alt" disabled={isBusy} onClick={content.undo}>
            {t('workList.toast.undo', 'Undo')}
          </Button>
        )}
        <IconButton name="times" size="md" tooltip={t('workList.toast.close', 'Close')} onClick={onClose} />
      </div>
    </Portal>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    toast: css({
      position: 'fixed',
      insetBlockEnd: theme.spacing(3),
      insetInline: 0,
      marginInline: 'auto',
      width: 'fit-content',
      maxWidth: 'min(720px, calc(100vw - 32px))',
      zIndex: theme.zIndex.portal,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(2),
      padding: theme.spacing(1, 1.5, 1, 2),
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.elevated,
      border: `1px solid ${theme.colors.border.medium}`,
      boxShadow: theme.shadows.z3,
    }),
    problem: css({ borderColor: theme.colors.error.border }),
  };
}
