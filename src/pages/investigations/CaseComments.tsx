import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, TextArea, useStyles2 } from '@grafana/ui';
import React, { useId, useState, type FormEvent, type KeyboardEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { Moment } from '../../ui/Moment';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';
import type { CasePartProps } from './case-part';

/** The server takes no longer text. */
const maxLength = 10_000;

export function CaseComments({ investigation, timeZone, onChanged }: CasePartProps) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const mayEdit = useMay('editor');
  const { id, comments } = investigation;
  return (
    <Section title={t('investigations.comments.title', 'Comments')}>
      {comments.length === 0 && (
        <p className={styles.secondary}>{t('investigations.comments.none', 'Nobody has said anything yet.')}</p>
      )}
      <ol className={styles.list}>
        {comments.map((comment) => (
          <li key={comment.id} data-testid={incidentTestIds.investigations.comment}>
            <div className={styles.secondary}>
              <strong>{comment.createdBy}</strong> <Moment at={comment.createdAt} timeZone={timeZone} nowMs={nowMs} />
            </div>
            <p className={styles.text}>{comment.text}</p>
          </li>
        ))}
      </ol>
      {mayEdit === true && <CommentForm investigationId={id} onSaved={onChanged} />}
      {mayEdit === false && (
        <p className={styles.secondary}>{t('investigations.comments.viewer', 'Writing needs the role Editor.')}</p>
      )}
    </Section>
  );
}

function CommentForm({ investigationId, onSaved }: { investigationId: string; onSaved: () => void }) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [text, setText] = useState('');
  const send = useAction(async () => {
    await serverClient().addComment({ id: investigationId, text });
    setText('');
    onSaved();
  });

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    void send.run();
  }

  function handleKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '') {
      void send.run();
    }
  }

  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      <TextArea
        id={`${id}-comment`}
        aria-label={t('investigations.comments.label', 'Your comment')}
        placeholder={t('investigations.comments.placeholder', 'What you saw, did or think (Ctrl+Enter sends)')}
        rows={3}
        maxLength={maxLength}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={handleKey}
      />
      <Button type="submit" size="sm" disabled={send.isBusy || text.trim() === ''}>
        {t('investigations.comments.send', 'Comment')}
      </Button>
      {send.error && <ProblemNotice error={send.error} />}
    </form>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    secondary: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
    text: css({ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: '80ch' }),
    form: css({
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1.5),
    }),
  };
}
