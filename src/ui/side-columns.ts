import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';

const narrow = '@container (max-width: 1000px)';

/** Styles of a page with a wide column and a side one; below each other where there is no room for both. */
export function sideColumns(theme: GrafanaTheme2) {
  const column = { display: 'flex', flexDirection: 'column', gap: theme.spacing(2), minWidth: 0 } as const;
  return {
    columns: css({
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) 320px',
      alignItems: 'start',
      gap: theme.spacing(2),
      [narrow]: { gridTemplateColumns: 'minmax(0, 1fr)' },
    }),
    main: css(column),
    side: css(column),
  };
}
