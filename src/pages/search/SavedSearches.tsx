import { locationService } from '@grafana/runtime';
import { Button, Combobox, Field, Input, Modal, RadioButtonGroup, Stack } from '@grafana/ui';
import type { SearchLogsRequest } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { useFocusReturn } from '../../ui/use-focus-return';
import { ManageSearches } from './ManageSearches';
import { savedSearchAddress } from './saved-search-address';
import { asksSomething, type SearchSettings } from './search-settings';

interface SavedSearchesProps {
  readonly settings: SearchSettings;
  readonly request: () => SearchLogsRequest;
}

/** Searches that were kept: the tenant's, and one's own. */
export function SavedSearches({ settings, request }: SavedSearchesProps) {
  const id = useId();
  const shared = useRequest('saved filters', (signal) => serverClient().listSavedFilters({}, signal));
  const personal = useRequest('personal filters', (signal) => serverClient().listPersonalFilters({}, signal));
  const [isSaving, setIsSaving] = useState(false);
  const [isManaging, setIsManaging] = useState(false);
  const options = [
    ...(shared.answer?.savedFilters ?? []).map((filter) => ({
      value: `shared ${filter.id}`,
      label: filter.name,
      description: t('search.shared', 'Shared, by {{name}}', { name: filter.createdBy }),
      group: t('search.shared-group', 'Shared'),
      filter: filter.filter,
    })),
    ...(personal.answer?.personalFilters ?? []).map(({ id: filterId, name, filter }) => ({
      value: `own ${filterId}`,
      label: name,
      group: t('search.own-group', 'Only mine'),
      filter,
    })),
  ];

  const error = shared.error ?? personal.error;

  function reload() {
    personal.reload();
    shared.reload();
  }

  return (
    <Stack alignItems="center" wrap="wrap">
      {error && <ProblemNotice error={error} onRetry={reload} />}
      <Combobox
        id={id}
        width={36}
        options={options}
        value={null}
        placeholder={t('search.saved', 'Saved searches')}
        data-testid={testIds.search.saved}
        onChange={({ value }) => {
          const chosen = options.find((option) => option.value === value);
          if (chosen) {
            locationService.push(savedSearchAddress(chosen.filter, window.location.search));
          }
        }}
      />
      <Button variant="secondary" icon="save" disabled={!asksSomething(settings)} onClick={() => setIsSaving(true)}>
        {t('search.save', 'Save this search')}
      </Button>
      <Button
        variant="secondary"
        fill="text"
        icon="cog"
        aria-label={t('search.manage-open', 'Rename or remove saved searches')}
        tooltip={t('search.manage-open', 'Rename or remove saved searches')}
        onClick={() => setIsManaging(true)}
      />
      {isManaging && (
        <ManageSearches
          shared={shared.answer?.savedFilters ?? []}
          personal={personal.answer?.personalFilters ?? []}
          onChanged={reload}
          onDismiss={() => setIsManaging(false)}
        />
      )}
      {isSaving && (
        <SaveSearch
          request={request()}
          onSaved={() => {
            setIsSaving(false);
            reload();
          }}
          onDismiss={() => setIsSaving(false)}
        />
      )}
    </Stack>
  );
}

interface SaveSearchProps {
  readonly request: SearchLogsRequest;
  readonly onSaved: () => void;
  readonly onDismiss: () => void;
}

function SaveSearch({ request, onSaved, onDismiss }: SaveSearchProps) {
  const nameId = useId();
  const isEditor = useMay('editor') === true;
  const [name, setName] = useState('');
  const [isShared, setIsShared] = useState(false);
  useFocusReturn();
  const save = useAction(async () => {
    const { service, namespace, level, text, query } = request;
    const filter = {
      ...{ service, namespace, level },
      ...(text === undefined ? {} : { text }),
      ...(query === undefined ? {} : { query }),
    };
    const kept = { name: name.trim(), filter };
    await (isShared && isEditor ? serverClient().createSavedFilter(kept) : serverClient().savePersonalFilter(kept));
    onSaved();
  });

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== '') {
      void save.run();
    }
  }

  return (
    <Modal isOpen title={t('search.save', 'Save this search')} onDismiss={onDismiss}>
      <form onSubmit={handleSubmit} noValidate>
        {save.error && <ProblemNotice error={save.error} />}
        <Field label={t('search.save-name', 'Name')} required>
          <Input
            id={nameId}
            value={name}
            autoFocus
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field
          label={t('search.save-for', 'For')}
          description={isEditor ? '' : t('search.no-sharing', 'Sharing needs the role Editor.')}
        >
          <RadioButtonGroup<boolean>
            options={[
              { value: false, label: t('search.only-me', 'Only me') },
              { value: true, label: t('search.everybody', 'Everybody of this organisation') },
            ]}
            disabledOptions={isEditor ? [] : [true]}
            value={isShared}
            onChange={setIsShared}
          />
        </Field>
        <Modal.ButtonRow>
          <Button variant="secondary" onClick={onDismiss}>
            {t('search.cancel', 'Cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === '' || save.isBusy}>
            {t('search.save-go', 'Save')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
