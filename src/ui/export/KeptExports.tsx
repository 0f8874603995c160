import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, ConfirmButton, LoadingPlaceholder, Modal, useStyles2 } from '@grafana/ui';
import type { KeptExport } from '@loghunter/contracts';
import React from 'react';
import { download, saveFile } from '../../api/download';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { Moment } from '../Moment';
import { countOf } from '../number-format';
import { ProblemNotice } from '../ProblemNotice';
import { sizeText } from '../size-text';
import { useNowMs } from '../use-now';

interface KeptExportsProps {
  readonly timeZone: string;
  readonly onClose: () => void;
}

/** The reader's own exports: saved again, or deleted to make room before a day is over. */
export function KeptExports({ timeZone, onClose }: KeptExportsProps) {
  const styles = useStyles2(getStyles);
  const { answer, error, isLoading, reload } = useRequest('kept exports', (signal) =>
    serverClient().listExports({}, signal)
  );
  const exports = answer?.exports ?? [];
  return (
    <Modal title={t('ui.export.kept', 'Kept exports')} isOpen onDismiss={onClose}>
      <p className={styles.note}>
        {t(
          'ui.export.keptNote',
          'Your exports of the last day. All of an organisation share the room for them; each goes by itself after a day.'
        )}
      </p>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer === undefined && isLoading && (
        <LoadingPlaceholder text={t('ui.export.keptLoading', 'Loading exports …')} />
      )}
      {answer && exports.length === 0 && <p>{t('ui.export.keptNone', 'You have no kept export.')}</p>}
      <ul className={styles.list} data-testid={testIds.keptExports}>
        {exports.map((kept) => (
          <KeptRow key={kept.id} kept={kept} timeZone={timeZone} onDeleted={reload} />
        ))}
      </ul>
    </Modal>
  );
}

interface KeptRowProps {
  readonly kept: KeptExport;
  readonly timeZone: string;
  readonly onDeleted: () => void;
}

function KeptRow({ kept, timeZone, onDeleted }: KeptRowProps) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const { id, fileName, rowCount, sizeBytes, createdAt } = kept;
  const save = useAction(async () => saveFile(await download('downloadExport', { id }), fileName));
  const remove = useAction(async () => {
    await serverClient().deleteExport({ id });
    onDeleted();
  });
  const error = save.error ?? remove.error;
  return (
    <li>
      <div className={styles.row}>
        <div className={styles.words}>
          <div>{fileName}</div>
          <div className={styles.note}>
            {countOf(rowCount, 'row')}, {sizeText(sizeBytes)},{' '}
            <Moment at={createdAt} timeZone={timeZone} nowMs={nowMs} />
          </div>
        </div>
        <Button
          size="sm"
          variant="secondary"
          icon="download-alt"
          disabled={save.isBusy}
          onClick={() => void save.run()}
        >
          {t('ui.export.again', 'Save again')}
        </Button>
        <ConfirmButton
          size="sm"
          confirmText={t('ui.export.delete', 'Delete')}
          confirmVariant="destructive"
          disabled={remove.isBusy}
          onConfirm={() => void remove.run()}
        >
          {t('ui.export.deleteFile', 'Delete file')}
        </ConfirmButton>
      </div>
      {error && <ProblemNotice error={error} />}
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    words: css({ flex: '1 1 220px', overflowWrap: 'anywhere' }),
  };
}
