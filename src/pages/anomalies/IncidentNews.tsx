import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';

/** Says that the list would be another one by now. */
export function IncidentNews({ onShow }: { onShow: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.news} role="status">
      <Button size="sm" variant="secondary" icon="sync" onClick={onShow}>
        {t('anomalies.list.news', 'There is news: show it')}
      </Button>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    // Over the page, not in it, as in the list of clusters: what it says must not push the list down.
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
