import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Alert, Modal, useStyles2 } from '@grafana/ui';
import type { PreviewExplanationResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { exactCount } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { costText } from './model-words';

/** The exact text that would be sent, where to, what was taken out of it, and what it would cost at most. */
export function ExplanationPreview({ analysisId, onClose }: { analysisId: string; onClose: () => void }) {
  const { answer, error, reload } = useRequest<PreviewExplanationResponse>(analysisId, (signal) =>
    serverClient().previewExplanation({ analysisId }, signal)
  );
  return (
    <Modal isOpen title={t('explanation.preview-title', 'What would be sent')} onDismiss={onClose}>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer === undefined && !error && <p role="status">{t('explanation.preview-loading', 'Building the text …')}</p>}
      {answer && <PreviewFacts preview={answer} />}
    </Modal>
  );
}

function PreviewFacts({ preview }: { preview: PreviewExplanationResponse }) {
  const styles = useStyles2(getStyles);
  const { provider, model, destination, leavesInstallation, text, redactions, refusals } = preview;
  return (
    <>
      {refusals.length > 0 && (
        <Alert severity="info" title={t('explanation.refused', 'It would not be sent now')}>
          {refusals.join(' ')}
        </Alert>
      )}
      <ul className={styles.facts}>
        <li>
          {t('explanation.to', 'To {{provider}} ({{model}}) at {{destination}}:', {
            provider,
            model: model ?? '–',
            destination: destination ?? '–',
          })}{' '}
          <strong>
            {leavesInstallation
              ? t('explanation.leaves', 'it leaves the installation')
              : t('explanation.stays', 'it stays inside the installation')}
          </strong>
        </li>
        <li>
          {redactions.length === 0
            ? t('explanation.no-redactions', 'Nothing had to be taken out.')
            : t('explanation.redactions', 'Taken out: {{redactions}}.', {
                redactions: redactions.map(({ kind, count }) => `${exactCount(count)} ${kind}`).join(', '),
              })}
        </li>
        <li>
          {t('explanation.size', 'About {{tokens}} tokens in, at most {{output}} out; {{cost}}.', {
            tokens: exactCount(preview.estimatedInputTokens),
            output: exactCount(preview.maxOutputTokens),
            cost: costText(preview.maxCostUsd),
          })}
        </li>
      </ul>
      <pre className={styles.text} tabIndex={0}>
        {text}
      </pre>
      <CopyButton label={t('explanation.copy-prompt', 'Copy text')} hasWords text={text} />
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    facts: css({ margin: theme.spacing(0, 0, 1), paddingInlineStart: theme.spacing(2) }),
    text: css({
      maxHeight: '45vh',
      overflow: 'auto',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
