import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, Field, Input, useStyles2, type ComboboxOption } from '@grafana/ui';
import type { Assignee } from '@loghunter/contracts';
import React, { useId, useRef, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { assigneesOf, matchAssignees } from '../../work-list/people';

/** A rule to make: a label, its value, and who gets the clusters. */
export function OwnerRuleForm({ onMade }: { onMade: () => void }) {
  const styles = useStyles2(getStyles);
  const ids = { label: useId(), value: useId(), owner: useId() };
  const [label, setLabel] = useState('');
  const [value, setValue] = useState('');
  const [owner, setOwner] = useState<Assignee>();
  const found = useRef<ReadonlyMap<string, Assignee>>(new Map());
  const make = useAction(async (assignee: Assignee) => {
    await serverClient().createOwnerRule({ label: label.trim(), value, assignee });
    setValue('');
    onMade();
  });
  const isWhole = label.trim() !== '' && value !== '' && owner !== undefined;

  async function owners(text: string): Promise<Array<ComboboxOption<string>>> {
    const matching = matchAssignees(assigneesOf(await serverClient().listPeople({})), text);
    found.current = new Map(matching.map((assignee) => [keyOf(assignee), assignee]));
    return matching.map((assignee) => ({
      value: keyOf(assignee),
      label: assignee.name,
      description: assignee.kind === 'team' ? t('workList.dialog.team', 'team') : '',
    }));
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (owner && isWhole) {
      void make.run(owner);
    }
  }

  return (
    <form className={styles.form} onSubmit={handleSubmit} aria-label={t('owners.form', 'New owner rule')}>
      <Field noMargin label={t('owners.label', 'Label of the streams')}>
        <Combobox
          id={ids.label}
          width={28}
          placeholder={t('owners.labelHint', 'such as namespace')}
          value={label === '' ? null : label}
          options={labelNames}
          createCustomValue
          onChange={(option) => setLabel(option.value)}
        />
      </Field>
      <Field noMargin label={t('owners.value', 'Value')}>
        <Input
          id={ids.value}
          width={28}
          placeholder={t('owners.valueHint', 'such as payments')}
          value={value}
          maxLength={2048}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      </Field>
      <Field noMargin label={t('owners.owner', 'Owner')}>
        <Combobox
          id={ids.owner}
          width={28}
          placeholder={t('owners.ownerHint', 'person, or name of a team')}
          value={owner === undefined ? null : { value: keyOf(owner), label: owner.name }}
          options={owners}
          onChange={(option) => setOwner(found.current.get(option.value))}
        />
      </Field>
      <Button type="submit" icon="plus" disabled={!isWhole || make.isBusy}>
        {t('owners.make', 'Add owner rule')}
      </Button>
      {make.error && <ProblemNotice error={make.error} />}
    </form>
  );
}

function keyOf({ kind, id }: Assignee): string {
  return `${kind} ${id}`;
}

/** Names that the log store knows, before them the two that clusters have whatever their labels are called. */
async function labelNames(text: string): Promise<Array<ComboboxOption<string>>> {
  const own = ['namespace', 'service'];
  const { names } = await serverClient()
    .listLabelNames({})
    .catch(() => ({ names: [] }));
  return [...own, ...names.filter((name) => !own.includes(name))]
    .filter((name) => name.toLowerCase().includes(text.toLowerCase()))
    .map((name) => ({ value: name, label: name }));
}

function getStyles(theme: GrafanaTheme2) {
  return { form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(1) }) };
}
