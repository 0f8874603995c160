import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, useStyles2, type ComboboxOption } from '@grafana/ui';
import React, { useId } from 'react';
import { serverClient } from '../api/server-client';
import { useRequest } from '../api/use-request';
import { t } from '../translations';
import { assigneesOf, matchAssignees, type AssigneeChoice } from './people';

interface AssigneeFilterProps {
  readonly assignee: AssigneeChoice;
  readonly onChange: (assignee: AssigneeChoice) => void;
}

/** Whose clusters or incidents are shown. People are asked for when the menu opens. */
export function AssigneeFilter({ assignee, onChange }: AssigneeFilterProps) {
  const styles = useStyles2(getStyles);
  const labelId = useId();
  // The URL has the id only, which says nothing to people.
  const { answer: name } = useRequest(assignee, (signal) => nameOf(assignee, signal), { dropsOldAnswer: true });
  return (
    <div className={styles.filter}>
      <span id={labelId} hidden>
        {t('clusters.filter.assignee', 'Owner')}
      </span>
      <Combobox
        aria-labelledby={labelId}
        placeholder={t('clusters.filter.anybody', 'Any owner')}
        value={assignee === '' ? null : { value: assignee, label: name ?? fixedWord(assignee) ?? assignee }}
        options={peopleOptions}
        isClearable
        onChange={(option) => onChange(option?.value ?? '')}
      />
    </div>
  );
}

/** Undefined: nobody of that id is known, or nobody in particular is chosen, which needs no question. */
async function nameOf(assignee: AssigneeChoice, signal: AbortSignal): Promise<string | undefined> {
  if (assignee === '' || fixedWord(assignee) !== undefined) {
    return undefined;
  }
  return assigneesOf(await serverClient().listPeople({}, signal)).find(({ id }) => id === assignee)?.name;
}

async function peopleOptions(text: string): Promise<Array<ComboboxOption<string>>> {
  const fixed = ['me', 'none'].map((value) => ({ value, label: fixedWord(value) ?? value }));
  try {
    const all = assigneesOf(await serverClient().listPeople({}));
    const known = matchAssignees(all, text).filter((found) => all.includes(found));
    return [...(text === '' ? fixed : []), ...known.map(({ id, name }) => ({ value: id, label: name }))];
  } catch {
    // The list below shows what is wrong; the reader's own clusters can be asked for without names.
    return fixed;
  }
}

function fixedWord(value: string): string | undefined {
  if (value === 'me') {
    return t('clusters.filter.me', 'Mine');
  }
  return value === 'none' ? t('clusters.filter.nobody', 'Nobody’s') : undefined;
}

function getStyles(theme: GrafanaTheme2) {
  return { filter: css({ width: 180, marginInlineEnd: theme.spacing(0) }) };
}
