import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Input, Modal, useStyles2 } from '@grafana/ui';
import type { PersonalFilter, SavedFilter } from '@loghunter/contracts';
import React, { useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';

/** A search that was kept, shared or for oneself. */
type KeptSearch = Pick<SavedFilter, 'id' | 'name' | 'filter'> & { readonly isShared: boolean; readonly by: string };

interface ManageSearchesProps {
  readonly shared: readonly SavedFilter[];
  readonly personal: readonly PersonalFilter[];
  readonly onChanged: () => void;
  readonly onDismiss: () => void;
}

/** All kept searches, to be renamed and removed. What was removed stays in the list, so that it can be had back. */
export function ManageSearches({ shared, personal, onChanged, onDismiss }: ManageSearchesProps) {
  const styles = useStyles2(getStyles);
  const mayShare = useMay('editor') === true;
  const [removed, setRemoved] = useState<readonly KeptSearch[]>([]);
  const all: readonly KeptSearch[] = [
    ...personal.map(({ id, name, filter }) => ({ id, name, filter, isShared: false, by: '' })),
    ...shared.map(({ id, name, filter, createdBy }) => ({ id, name, filter, isShared: true, by: createdBy })),
  ];
  // The lists still have it until they were asked for again.
  const kept = all.filter(({ id }) => !removed.some((search) => search.id === id));
  const remove = useAction(async (search: KeptSearch) => {
    await (search.isShared
      ? serverClient().deleteSavedFilter({ id: search.id })
      : serverClient().deletePersonalFilter({ id: search.id }));
    setRemoved((before) => [...before, search]);
    onChanged();
  });
  const restore = useAction(async (search: KeptSearch) => {
    await keep(search, search.name);
    setRemoved((before) => before.filter(({ id }) => id !== search.id));
    onChanged();
  });
  const error = remove.error ?? restore.error;
  return (
    <Modal isOpen title={t('search.manage', 'Saved searches')} onDismiss={onDismiss}>
      {error && <ProblemNotice error={error} />}
      {kept.length + removed.length === 0 && <p>{t('search.manage-empty', 'No search is saved yet.')}</p>}
      <ul className={styles.list} data-testid={testIds.search.manage}>
        {kept.map((search) => (
          <SearchItem
            key={search.id}
            search={search}
            takenNames={kept.filter(({ isShared }) => isShared === search.isShared).map(({ name }) => name)}
            mayChange={mayShare || !search.isShared}
            isBusy={remove.isBusy}
            onRemove={() => void remove.run(search)}
            onChanged={onChanged}
          />
        ))}
        {removed.map((search) => (
          <li key={search.id} className={styles.item}>
            <s className={styles.name}>{search.name}</s>
            <span className={styles.by}>{t('search.removed', 'removed')}</span>
            <Button size="sm" variant="secondary" icon="history-alt" onClick={() => void restore.run(search)}>
              {t('search.restore', 'Undo')}
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function keep({ isShared, filter }: KeptSearch, name: string): Promise<unknown> {
  return isShared
    ? serverClient().createSavedFilter({ name, filter })
    : serverClient().savePersonalFilter({ name, filter });
}

/** A search of one's own has no other name than the one it is kept by. */
async function rename(search: KeptSearch, name: string): Promise<void> {
  if (search.isShared) {
    await serverClient().renameSavedFilter({ id: search.id, name });
    return;
  }
  await keep(search, name);
  await serverClient().deletePersonalFilter({ id: search.id });
}

interface SearchItemProps {
  readonly search: KeptSearch;
  /** Of the others like it: to save under such a name would replace another search. */
  readonly takenNames: readonly string[];
  readonly mayChange: boolean;
  readonly isBusy: boolean;
  readonly onRemove: () => void;
  readonly onChanged: () => void;
}

function SearchItem({ search, takenNames, mayChange, isBusy, onRemove, onChanged }: SearchItemProps) {
  const styles = useStyles2(getStyles);
  const [typed, setTyped] = useState<string>();
  const name = (typed ?? '').trim();
  const isTaken = name !== search.name && takenNames.includes(name);
  const renaming = useAction(async () => {
    await rename(search, name);
    setTyped(undefined);
    onChanged();
  });

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (name === search.name) {
      setTyped(undefined);
    } else if (name !== '' && !isTaken) {
      void renaming.run();
    }
  }

  if (typed !== undefined) {
    return (
      <li>
        {renaming.error && <ProblemNotice error={renaming.error} />}
        <form className={styles.item} onSubmit={handleSubmit}>
          <Input
            autoFocus
            value={typed}
            maxLength={200}
            invalid={isTaken}
            aria-label={t('search.new-name', 'New name of {{name}}', { name: search.name })}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button size="sm" type="submit" disabled={name === '' || isTaken || renaming.isBusy}>
            {t('search.rename-go', 'Rename')}
          </Button>
          <Button size="sm" type="button" variant="secondary" onClick={() => setTyped(undefined)}>
            {t('search.cancel', 'Cancel')}
          </Button>
        </form>
        {isTaken && (
          <div role="alert" className={styles.by}>
            {t('search.name-taken', 'Another search has that name.')}
          </div>
        )}
      </li>
    );
  }
  return (
    <li className={styles.item}>
      <span className={styles.name}>{search.name}</span>
      <span className={styles.by}>
        {search.isShared
          ? t('search.shared', 'Shared, by {{name}}', { name: search.by })
          : t('search.own-group', 'Only mine')}
      </span>
      <IconButton
        name="pen"
        disabled={!mayChange}
        tooltip={
          mayChange
            ? t('search.rename', 'Rename {{name}}', { name: search.name })
            : t('role.editor', 'Needs the role Editor')
        }
        onClick={() => setTyped(search.name)}
      />
      <IconButton
        name="trash-alt"
        disabled={!mayChange || isBusy}
        tooltip={
          mayChange
            ? t('search.remove', 'Remove {{name}}', { name: search.name })
            : t('role.editor', 'Needs the role Editor')
        }
        onClick={onRemove}
      />
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    list: css({ listStyle: 'none', margin: 0 }),
    item: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: theme.spacing(5),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    name: css({ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    by: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
