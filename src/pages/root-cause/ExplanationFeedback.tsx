import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Input, useStyles2 } from '@grafana/ui';
import type { Explanation } from '@loghunter/contracts';
import React, { useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { ThumbButton } from '../../ui/ThumbButton';

/** The server takes no longer reason. */
const maxReasonLength = 2000;

interface ExplanationFeedbackProps {
  readonly explanation: Explanation;
  readonly onChanged: () => void;
}

/** Was it useful? A word replaces the one before. */
export function ExplanationFeedback({ explanation, onChanged }: ExplanationFeedbackProps) {
  const styles = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  const { own, usefulCount, notUsefulCount } = explanation.feedback;
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState(own?.reason ?? '');
  const send = useAction(async (isUseful: boolean) => {
    await serverClient().giveExplanationFeedback({ id: explanation.id, isUseful, reason });
    setIsAsking(false);
    onChanged();
  });

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    void send.run(false);
  }

  return (
    <>
      <div className={styles.thumbs}>
        <span>{t('explanation.useful', 'Useful?')}</span>
        <ThumbButton
          direction="up"
          label={String(usefulCount)}
          isPressed={own?.isUseful === true}
          disabled={mayEdit !== true || send.isBusy}
          onClick={() => void send.run(true)}
        />
        <ThumbButton
          direction="down"
          label={String(notUsefulCount)}
          isPressed={own?.isUseful === false || isAsking}
          disabled={mayEdit !== true || send.isBusy}
          onClick={() => setIsAsking(!isAsking)}
        />
      </div>
      {isAsking && (
        <form className={styles.thumbs} onSubmit={handleSubmit}>
          <Input
            aria-label={t('explanation.reason', 'What is wrong with it? (optional)')}
            placeholder={t('explanation.reason', 'What is wrong with it? (optional)')}
            value={reason}
            maxLength={maxReasonLength}
            autoFocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={send.isBusy}>
            {t('explanation.send', 'Send')}
          </Button>
        </form>
      )}
      {send.error && <ProblemNotice error={send.error} />}
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    thumbs: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
  };
}
