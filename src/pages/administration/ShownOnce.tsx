import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Modal, useStyles2 } from '@grafana/ui';
import React from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';

interface ShownOnceProps {
  readonly title: string;
  readonly secret: string;
  readonly onDone: () => void;
}

/** A secret that the server keeps nowhere: a click beside the dialog must not lose it. */
export function ShownOnce({ title, secret, onDone }: ShownOnceProps) {
  const styles = useStyles2(getStyles);
  return (
    <Modal isOpen title={title} onDismiss={onDone} closeOnBackdropClick={false}>
      <Alert
        severity="warning"
        title={t('administration.once.note', 'Copy it now: it is shown this once and cannot be read again.')}
      />
      <div className={styles.secret}>
        <code data-testid={testIds.administration.secret}>{secret}</code>
        <CopyButton label={t('administration.once.copy', 'Copy')} text={secret} hasWords />
      </div>
      <Modal.ButtonRow>
        <Button onClick={onDone}>{t('administration.once.done', 'I have copied it')}</Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    secret: css({
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
      '& code': { overflowWrap: 'anywhere', whiteSpace: 'normal', padding: theme.spacing(1) },
    }),
  };
}
