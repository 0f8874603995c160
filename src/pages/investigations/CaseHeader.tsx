import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Input, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { InvestigationState } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { t } from '../../translations';
import { Moment } from '../../ui/Moment';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { useNowMs } from '../../ui/use-now';
import { CaseWays } from './CaseWays';
import type { CasePartProps } from './case-part';
import { investigationStates } from './investigation-settings';
import { StateMark, stateWord } from './StateMark';

/** Title and state, to be changed, and the ways out. */
export function CaseHeader({ investigation, timeZone, onChanged }: CasePartProps) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const mayEdit = useMay('editor');
  const [isRenaming, setIsRenaming] = useState(false);
  const { id, title, state, createdBy, createdAt, updatedAt } = investigation;
  const change = useAction(async (fields: { title?: string; state?: InvestigationState }) => {
    await serverClient().changeInvestigation({ id, ...fields });
    setIsRenaming(false);
    onChanged();
  });
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        {isRenaming ? (
          <RenameForm
            title={title}
            isBusy={change.isBusy}
            onSave={(newTitle) => void change.run({ title: newTitle })}
            onClose={() => setIsRenaming(false)}
          />
        ) : (
          <>
            {mayEdit === true ? (
              <RadioButtonGroup
                size="sm"
                aria-label={t('investigations.case.state', 'State')}
                options={investigationStates.map((known) => ({ label: stateWord(known), value: known }))}
                value={state}
                disabled={change.isBusy}
                onChange={(chosen: InvestigationState) => void change.run({ state: chosen })}
              />
            ) : (
              <StateMark state={state} />
            )}
            {mayEdit === true && (
              <IconButton
                name="edit"
                tooltip={t('investigations.case.rename', 'Rename')}
                onClick={() => setIsRenaming(true)}
              />
            )}
          </>
        )}
        <CaseWays investigation={investigation} timeZone={timeZone} onChanged={onChanged} />
      </div>
      <p className={styles.secondary}>
        {t('investigations.case.created', 'Opened by {{name}}', { name: createdBy })}{' '}
        <Moment at={createdAt} timeZone={timeZone} nowMs={nowMs} />, {t('investigations.case.changed', 'changed')}{' '}
        <Moment at={updatedAt} timeZone={timeZone} nowMs={nowMs} />
      </p>
      {change.error && <ProblemNotice error={change.error} />}
    </header>
  );
}

/** The server takes no longer title. */
const maxTitleLength = 200;

interface RenameFormProps {
  readonly title: string;
  readonly isBusy: boolean;
  readonly onSave: (title: string) => void;
  readonly onClose: () => void;
}

function RenameForm({ title, isBusy, onSave, onClose }: RenameFormProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [text, setText] = useState(title);

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    onSave(text);
  }

  return (
    <form className={styles.rename} onSubmit={handleSubmit}>
      <Input
        id={`${id}-title`}
        aria-label={t('investigations.case.title-label', 'Title')}
        value={text}
        maxLength={maxTitleLength}
        required
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
      <Button type="submit" size="sm" disabled={isBusy || text.trim() === ''}>
        {t('investigations.case.save', 'Save')}
      </Button>
      <Button type="button" size="sm" variant="secondary" onClick={onClose}>
        {t('investigations.case.cancel', 'Cancel')}
      </Button>
    </form>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    header: css({
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
    }),
    top: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    rename: css({ flex: '1 1 320px', display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    secondary: css({
      margin: theme.spacing(1, 0, 0),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
