import { Button, Stack } from '@grafana/ui';
import React, { useEffect, useRef, useState } from 'react';
import { saveFile, type DownloadProgress } from '../api/download';
import { isCancelled, toServerError, type ServerError } from '../api/server-error';
import { t } from '../translations';
import { exactCount } from './number-format';

interface ExportButtonProps {
  readonly label: string;
  readonly fileName: string;
  readonly onError: (error: ServerError | undefined) => void;
  /** Reads all of it; the signal ends when the person cancels or leaves. */
  readonly load: (options: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: DownloadProgress) => void;
  }) => Promise<Blob>;
}

/** Saves an export as a file; says how far it is, and can be stopped. */
export function ExportButton({ label, fileName, onError, load }: ExportButtonProps) {
  const [progress, setProgress] = useState<DownloadProgress>();
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function handleClick() {
    const controller = new AbortController();
    running.current = controller;
    onError(undefined);
    setProgress({ lineCount: 0, sizeBytes: 0 });
    try {
      saveFile(await load({ signal: controller.signal, onProgress: setProgress }), fileName);
    } catch (error) {
      if (!controller.signal.aborted && !isCancelled(error)) {
        onError(toServerError(error));
      }
    } finally {
      setProgress(undefined);
    }
  }

  if (progress === undefined) {
    return (
      <Button size="sm" variant="secondary" icon="download-alt" onClick={() => void handleClick()}>
        {label}
      </Button>
    );
  }
  return (
    <Stack alignItems="center">
      <span role="status">{t('ui.export.progress', '{{lines}} lines', { lines: exactCount(progress.lineCount) })}</span>
      <Button size="sm" variant="secondary" icon="times" onClick={() => running.current?.abort()}>
        {t('ui.export.cancel', 'Cancel export')}
      </Button>
    </Stack>
  );
}
