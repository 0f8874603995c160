import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Portal, useStyles2 } from '@grafana/ui';
import type { ExportResult, Job } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { JobProgress } from '../JobProgress';
import { exactCount } from '../number-format';
import { ProblemNotice } from '../ProblemNotice';
import { sizeText } from '../size-text';
import { resultOf, type Export } from './use-export';

/** How an export is doing, in the corner of the window: nothing of the page moves for it. */
export function ExportPanel({ exported }: { exported: Export }) {
  const styles = useStyles2(getStyles);
  const { job, error, forget } = exported;
  if (job === undefined && error === undefined) {
    return null;
  }
  return (
    <Portal>
      <section className={styles.panel} aria-label={t('ui.export.panel', 'Export')} data-testid={testIds.exportPanel}>
        {error && <ProblemNotice error={error} />}
        {job && <ExportState job={job} exported={exported} />}
        {job?.status !== 'queued' && job?.status !== 'running' && (
          <IconButton
            className={styles.close}
            name="times"
            size="md"
            tooltip={t('ui.export.close', 'Close')}
            onClick={forget}
          />
        )}
      </section>
    </Portal>
  );
}

function ExportState({ job, exported }: { job: Job; exported: Export }) {
  const styles = useStyles2(getStyles);
  const result = resultOf(job);
  if (result !== null) {
    return (
      <div role="status" className={styles.words}>
        <span>{resultText(result)}</span>
        <Button size="sm" variant="secondary" icon="download-alt" disabled={exported.isSaving} onClick={exported.save}>
          {exported.isSaving ? t('ui.export.saving', 'Saving …') : t('ui.export.again', 'Save again')}
        </Button>
      </div>
    );
  }
  switch (job.status) {
    case 'failed':
      return (
        <div role="alert">
          {t('ui.export.failed', 'The export failed: {{failure}}', { failure: job.failure ?? '' })}
        </div>
      );
    case 'cancelled':
      return <div role="status">{t('ui.export.cancelled', 'The export was cancelled. Nothing was saved.')}</div>;
    default:
      return (
        <JobProgress
          progress={job.progress}
          text={job.progressText || t('job.waiting', 'Waiting for a free worker …')}
          isCancelling={exported.isCancelling}
          onCancel={exported.cancel}
        />
      );
  }
}

function resultText({ rowCount, totalCount, isComplete, sizeBytes }: ExportResult): string {
  const rows = exactCount(rowCount);
  const size = sizeText(sizeBytes);
  if (isComplete) {
    return t('ui.export.complete', 'Exported all {{rows}} rows, {{size}}.', { rows, size });
  }
  return totalCount === null
    ? t('ui.export.part', 'Limit reached: the first {{rows}} rows, {{size}}. There are more; narrow the range.', {
        rows,
        size,
      })
    : t('ui.export.part-of', 'Limit reached: {{rows}} of {{total}} rows, {{size}}. Narrow the range.', {
        ...{ rows, size },
        total: exactCount(totalCount),
      });
}

function getStyles(theme: GrafanaTheme2) {
  return {
    panel: css({
      position: 'fixed',
      // Above where messages with an undo stand, which are as wide as the window on small ones.
      insetBlockEnd: theme.spacing(11),
      insetInlineEnd: theme.spacing(3),
      width: 'min(440px, calc(100vw - 32px))',
      zIndex: theme.zIndex.portal,
      padding: theme.spacing(1.5, 5, 1.5, 2),
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.elevated,
      border: `1px solid ${theme.colors.border.medium}`,
      boxShadow: theme.shadows.z3,
    }),
    words: css({ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: theme.spacing(2) }),
    close: css({ position: 'absolute', insetBlockStart: theme.spacing(1), insetInlineEnd: theme.spacing(1) }),
  };
}
