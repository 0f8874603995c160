import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import React from 'react';
import { t } from '../translations';

interface NewsButtonProps {
  readonly onShow: () => void;
  readonly testId?: string;
}

/** Says that a list would be another one by now, and shows it when asked to. */
export function NewsButton({ onShow, testId }: NewsButtonProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.news} role="status" data-testid={testId}>
      <Button size="sm" variant="secondary" icon="sync" onClick={onShow}>
        {t('ui.news.show', 'There is news: show it')}
      </Button>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    // Over the page, not in it: what it says must not push the list down.
    news: css({
      position: 'fixed',
      insetBlockStart: theme.spacing(8),
      insetInline: 0,
      marginInline: 'auto',
      width: 'fit-content',
      zIndex: theme.zIndex.navbarFixed,
      borderRadius: theme.shape.radius.default,
      boxShadow: theme.shadows.z3,
      background: theme.colors.background.primary,
    }),
  };
}
