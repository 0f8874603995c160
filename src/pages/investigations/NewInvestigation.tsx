import { locationService } from '@grafana/runtime';
import { Button, Field, Input, Modal } from '@grafana/ui';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { investigationsPath } from '../../incident-paths';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { useFocusReturn } from '../../ui/use-focus-return';

/** The server takes no longer title. */
const maxTitleLength = 200;

export function NewInvestigation({ onClose }: { onClose: () => void }) {
  const id = useId();
  useFocusReturn();
  const [title, setTitle] = useState('');
  const action = useAction(async () => {
    const created = await serverClient().createInvestigation({ title });
    locationService.push(`${investigationsPath}/${created.id}`);
  });

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    void action.run();
  }

  return (
    <Modal isOpen title={t('investigations.new.title', 'New investigation')} onDismiss={onClose}>
      <form onSubmit={handleSubmit}>
        <Field label={t('investigations.new.name', 'What is it about?')}>
          <Input
            id={`${id}-title`}
            value={title}
            required
            autoFocus
            maxLength={maxTitleLength}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        </Field>
        {action.error && <ProblemNotice error={action.error} />}
        <Modal.ButtonRow>
          <Button type="button" variant="secondary" fill="outline" onClick={onClose}>
            {t('investigations.new.cancel', 'Cancel')}
          </Button>
          <Button type="submit" disabled={title.trim() === '' || action.isBusy}>
            {t('investigations.new.create', 'Create')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
