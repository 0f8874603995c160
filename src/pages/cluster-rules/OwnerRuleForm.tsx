import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Combobox, Input, useStyles2, type ComboboxOption } from '@grafana/ui';
import type { Assignee } from '@loghunter/contracts';
import React, { useRef, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { assigneesOf, matchAssignees } from '../../work-list/people';

/** A rule to make: a label, its value, and who gets the clusters. */
export function OwnerRuleForm({ onMade }: { onMade: () => void }) {
  const styles = useStyles2(getStyles);
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
      <Combobox
        width={28}
        aria-label={t('owners.label', 'Label of the streams')}
        placeholder={t('owners.labelHint', 'Label, such as namespace')}
        value={label === '' ? null : label}
        options={labelNames}
        createCustomValue
        onChange={(option) => setLabel(option.value)}
      />
      <Input
        width={28}
        aria-label={t('owners.value', 'Value')}
        placeholder={t('owners.value', 'Value')}
        value={value}
        maxLength={2048}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Combobox
        width={28}
        aria-label={t('owners.owner', 'Owner')}
        placeholder={t('owners.ownerHint', 'Person, or name of a team')}
        value={owner === undefined ? null : { value: keyOf(owner), label: owner.name }}
        options={owners}
        onChange={(option) => setOwner(found.current.get(option.value))}
      />
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
  return { form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }) };
}
