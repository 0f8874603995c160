import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, Modal, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { t } from '../translations';
import { usePageKeys } from './use-page-keys';

/** Keys, parted by blanks, and what they do. */
export type KeyRow = readonly [keys: string, what: string];

/** A list's keys: from a button, and with `?` while a row has the focus. Elsewhere `?` is Grafana's own help. */
export function KeyHelp({ rows }: { rows: () => readonly KeyRow[] }) {
  const styles = useStyles2(getStyles);
  const [isOpen, setIsOpen] = useState(false);
  usePageKeys({
    '?': (event) => {
      if (!(event.target instanceof Element) || event.target.closest('[role=table], table') === null) {
        return false;
      }
      setIsOpen(true);
      return undefined;
    },
  });
  const title = t('clusters.keys.title', 'Keys of this list');
  return (
    <>
      <IconButton name="keyboard" size="lg" tooltip={title} onClick={() => setIsOpen(true)} />
      <Modal title={title} isOpen={isOpen} onDismiss={() => setIsOpen(false)}>
        <dl className={styles.keys}>
          {rows().map(([keys, what]) => (
            <div key={keys}>
              <dt>
                {keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.note}>
          {t('clusters.keys.note', 'Grafana’s own keys work as everywhere; outside of the list ? shows them.')}
        </p>
      </Modal>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    keys: css({
      display: 'grid',
      gap: theme.spacing(1),
      margin: 0,
      '& > div': { display: 'grid', gridTemplateColumns: '120px 1fr', alignItems: 'center' },
      '& dt': { display: 'flex', gap: theme.spacing(0.5) },
      '& dd': { margin: 0 },
      '& kbd': {
        padding: theme.spacing(0.25, 0.75),
        border: `1px solid ${theme.colors.border.medium}`,
        borderRadius: theme.shape.radius.default,
        background: theme.colors.background.secondary,
        color: theme.colors.text.primary,
        fontFamily: theme.typography.fontFamilyMonospace,
      },
    }),
    note: css({ margin: theme.spacing(2, 0, 0), color: theme.colors.text.secondary }),
  };
}
