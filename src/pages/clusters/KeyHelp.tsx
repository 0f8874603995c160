import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, Modal, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { t } from '../../translations';
import { usePageKeys } from '../../ui/use-page-keys';

/** The list's keys: from a button, and with `?` while a row has the focus. Elsewhere `?` is Grafana's own help. */
export function KeyHelp() {
  const styles = useStyles2(getStyles);
  const [isOpen, setIsOpen] = useState(false);
  usePageKeys({
    '?': (event) => {
      if (!(event.target instanceof Element) || event.target.closest('[role=table]') === null) {
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
          {keyRows().map(([keys, what]) => (
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

function keyRows(): ReadonlyArray<readonly [string, string]> {
  return [
    ['j k', t('clusters.keys.move', 'Next and previous cluster')],
    ['Enter', t('clusters.keys.open', 'Open the cluster')],
    ['x', t('clusters.keys.choose', 'Choose the cluster, or no longer')],
    ['Shift x', t('clusters.keys.stretch', 'Choose everything from the last chosen one to here')],
    ['e', t('clusters.keys.resolve', 'Resolve the chosen clusters, or the one you are at')],
    ['m', t('clusters.keys.ignore', 'Ignore them …')],
    ['a', t('clusters.keys.assign', 'Assign them …')],
    ['/', t('clusters.keys.search', 'Filter by text')],
    ['?', t('clusters.keys.help', 'This list of keys, while you are in the list')],
  ];
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
