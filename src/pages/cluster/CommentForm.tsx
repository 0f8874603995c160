import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, TextArea, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { serverClient } from '../../api/server-client';
import { useMay } from '../../api/use-role';
import { toServerError, type ServerError } from '../../api/server-error';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';

const maxTextLength = 10_000;

/** A box for a comment; what was typed stays until the server has it. */
export function CommentForm({ clusterId, onWritten }: { clusterId: string; onWritten: () => void }) {
  const styles = useStyles2(getStyles);
  const isEditor = useMay('editor');
  const [text, setText] = useState('');
  const [isSending, setIsSending] = useState(false);
  const [error, setError] = useState<ServerError>();
  if (isEditor !== true) {
    return null;
  }
  async function send() {
    setIsSending(true);
    setError(undefined);
    try {
      await serverClient().createComment({ id: clusterId, text: text.trim() });
      setText('');
      onWritten();
    } catch (problem) {
      setError(toServerError(problem));
    }
    setIsSending(false);
  }
  const label = t('cluster.comment.label', 'Comment for everybody who looks at this cluster');
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea
        value={text}
        maxLength={maxTextLength}
        rows={2}
        placeholder={label}
        aria-label={label}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {error && <ProblemNotice error={error} />}
      <Button size="sm" type="submit" disabled={isSending || text.trim() === ''}>
        {t('cluster.comment.send', 'Comment')}
      </Button>
    </form>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    form: css({ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: theme.spacing(1) }),
  };
}
