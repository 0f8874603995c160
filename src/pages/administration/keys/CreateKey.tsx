import { Button, Checkbox, Combobox, Field, Input, Modal, Stack, type ComboboxOption } from '@grafana/ui';
import { scopes as allScopes } from '@loghunter/contracts';
import React, { useState, type FormEvent } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork } from '../use-work';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { useFocusReturn } from '../../../ui/use-focus-return';

interface CreateKeyProps {
  readonly onCreated: (key: string) => void;
  readonly onDismiss: () => void;
}

type KeyScope = (typeof allScopes)[number];

const dayMs = 86_400_000;
/** A quarter is long enough not to be a nuisance and short enough that a forgotten key ends. */
const defaultDays = 90;
const never = 0;

export function CreateKey({ onCreated, onDismiss }: CreateKeyProps) {
  const action = useWork();
  useFocusReturn();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly KeyScope[]>(['read']);
  const [hourlyLimit, setHourlyLimit] = useState('');
  const [days, setDays] = useState(defaultDays);
  const isLimitValid = hourlyLimit === '' || /^[1-9]\d{0,6}$/.test(hourlyLimit);
  const isComplete = name.trim() !== '' && chosen.length > 0 && isLimitValid;

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (!isComplete) {
      return;
    }
    void action.run(async () => {
      const { key } = await serverClient().createApiKey({
        name: name.trim(),
        scopes: [...chosen],
        ...(hourlyLimit === '' ? {} : { hourlyLimit: Number(hourlyLimit) }),
        ...(days === never ? {} : { expiresAt: new Date(Date.now() + days * dayMs).toISOString() }),
      });
      onCreated(key);
    });
  }

  return (
    <Modal isOpen title={t('administration.keys.create', 'Create API key')} onDismiss={onDismiss}>
      <form onSubmit={handleSubmit} noValidate>
        {action.error && <ProblemNotice error={action.error} />}
        <Field
          label={t('administration.keys.name', 'Name')}
          description={t('administration.keys.name-note', 'What it is for, so that somebody else may know later')}
          required
        >
          <Input
            id="loghunter-key-name"
            value={name}
            autoFocus
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <ScopeChoice chosen={chosen} onChange={setChosen} />
        <Field label={t('administration.keys.ends-after', 'Ends after')}>
          <Combobox
            id="loghunter-key-end"
            options={endOptions()}
            value={days}
            onChange={({ value }) => setDays(value)}
          />
        </Field>
        <Field
          label={t('administration.keys.limit', 'Requests an hour')}
          description={t('administration.keys.limit-note', 'Empty: the limit of its scopes')}
          invalid={!isLimitValid}
          error={t('administration.keys.limit-wrong', 'Enter a whole number of at least 1')}
        >
          <Input
            id="loghunter-key-limit"
            value={hourlyLimit}
            inputMode="numeric"
            onChange={(event) => setHourlyLimit(event.currentTarget.value.trim())}
          />
        </Field>
        <Modal.ButtonRow>
          <Button variant="secondary" onClick={onDismiss}>
            {t('administration.cancel', 'Cancel')}
          </Button>
          <Button type="submit" disabled={!isComplete || action.isBusy}>
            {t('administration.keys.create', 'Create API key')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}

interface ScopeChoiceProps {
  readonly chosen: readonly KeyScope[];
  readonly onChange: (chosen: readonly KeyScope[]) => void;
}

function ScopeChoice({ chosen, onChange }: ScopeChoiceProps) {
  const notes: Readonly<Record<KeyScope, string>> = {
    read: t('administration.keys.scope-read', 'Lists, figures, lines'),
    write: t('administration.keys.scope-write', 'What editors change: rules, filters, states'),
    admin: t('administration.keys.scope-admin', 'Keys, settings, redaction, audit log'),
    operate: t('administration.keys.scope-operate', 'All tenants of the installation; only operators can give it'),
  };
  return (
    <Field
      label={t('administration.keys.scopes', 'Scopes')}
      role="group"
      aria-label={t('administration.keys.scopes', 'Scopes')}
    >
      <Stack direction="column" gap={1} alignItems="flex-start">
        {allScopes.map((scope) => (
          <Checkbox
            key={scope}
            label={scope}
            description={notes[scope]}
            value={chosen.includes(scope)}
            onChange={(event) =>
              onChange(
                allScopes.filter((known) => (known === scope ? event.currentTarget.checked : chosen.includes(known)))
              )
            }
          />
        ))}
      </Stack>
    </Field>
  );
}

function endOptions(): Array<ComboboxOption<number>> {
  const days = (count: number) =>
    t('administration.keys.days', '{{count}} days', { count, defaultValue_one: '{{count}} day' });
  return [
    ...[7, 30, defaultDays, 365].map((count) => ({ value: count, label: days(count) })),
    { value: never, label: t('administration.keys.never-ends', 'It does not end') },
  ];
}
