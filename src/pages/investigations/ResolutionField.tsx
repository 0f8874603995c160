import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, TextArea, useStyles2 } from '@grafana/ui';
import React, { useId, useState } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import type { CasePartProps } from './case-part';

/** The server takes no longer text. */
const maxLength = 10_000;

/** What it was and what helped: the sentence that the next one on call looks for. */
export function ResolutionField({ investigation, onChanged }: CasePartProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const mayEdit = useMay('editor');
  const { resolution } = investigation;
  const [draft, setDraft] = useState<string>();
  const save = useAction(async (text: string) => {
    await serverClient().changeInvestigation({ id: investigation.id, resolution: text });
    setDraft(undefined);
    onChanged();
  });
  const edit = mayEdit === true && draft === undefined && (
    <Button size="sm" variant="secondary" icon="edit" onClick={() => setDraft(resolution)}>
      {resolution === '' ? t('investigations.resolution.write', 'Write') : t('investigations.resolution.edit', 'Edit')}
    </Button>
  );
  return (
    <Section title={t('investigations.resolution.title', 'What it was and what helped')} actions={edit}>
      {draft === undefined ? (
        <p className={styles.text}>
          {resolution || (
            <em className={styles.none}>{t('investigations.resolution.none', 'Nobody has written it yet.')}</em>
          )}
        </p>
      ) : (
        <div className={styles.form}>
          <TextArea
            id={`${id}-resolution`}
            aria-label={t('investigations.resolution.title', 'What it was and what helped')}
            rows={4}
            maxLength={maxLength}
            value={draft}
            autoFocus
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
          <div className={styles.buttons}>
            <Button size="sm" disabled={save.isBusy} onClick={() => void save.run(draft)}>
              {t('investigations.case.save', 'Save')}
            </Button>
            <Button size="sm" variant="secondary" onClick={() => setDraft(undefined)}>
              {t('investigations.case.cancel', 'Cancel')}
            </Button>
          </div>
        </div>
      )}
      {save.error && <ProblemNotice error={save.error} />}
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    text: css({ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: '80ch' }),
    none: css({ color: theme.colors.text.secondary }),
    form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    buttons: css({ display: 'flex', gap: theme.spacing(1) }),
  };
}
