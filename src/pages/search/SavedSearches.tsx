import { locationUtil } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Button, Combobox, Field, Input, Modal, RadioButtonGroup, Stack } from '@grafana/ui';
import type { SavedFilter, SearchLogsRequest } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { searchPath } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { keepPersonalFilter, readPersonalFilters } from './personal-filters';
import { asksSomething, type SearchSettings } from './search-settings';

interface SavedSearchesProps {
  readonly settings: SearchSettings;
  readonly request: () => SearchLogsRequest;
}

/** Searches that were kept: the tenant's, and one's own in this browser. */
export function SavedSearches({ settings, request }: SavedSearchesProps) {
  const id = useId();
  const shared = useRequest('saved filters', (signal) => serverClient().listSavedFilters({}, signal));
  const [personal, setPersonal] = useState(readPersonalFilters);
  const [isSaving, setIsSaving] = useState(false);
  const options = [
    ...(shared.answer?.savedFilters ?? []).map((filter) => ({
      value: `shared ${filter.id}`,
      label: filter.name,
      description: t('search.shared', 'Shared, by {{name}}', { name: filter.createdBy }),
      group: t('search.shared-group', 'Shared'),
      search: searchOfShared(filter),
    })),
    ...personal.map(({ name, search }) => ({
      value: `own ${name}`,
      label: name,
      group: t('search.own-group', 'Only mine'),
      search,
    })),
  ];

  return (
    <Stack alignItems="center" wrap="wrap">
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
            locationService.push(locationUtil.assureBaseUrl(`${searchPath}?${withRange(chosen.search)}`));
          }
        }}
      />
      <Button variant="secondary" icon="save" disabled={!asksSomething(settings)} onClick={() => setIsSaving(true)}>
        {t('search.save', 'Save this search')}
      </Button>
      {isSaving && (
        <SaveSearch
          settings={settings}
          request={request()}
          onSaved={() => {
            setIsSaving(false);
            setPersonal(readPersonalFilters());
            shared.reload();
          }}
          onDismiss={() => setIsSaving(false)}
        />
      )}
    </Stack>
  );
}

function searchOfShared({ filter }: SavedFilter): string {
  const search = new URLSearchParams(filter.text ? { text: filter.text } : {});
  filter.level?.forEach((level) => search.append('level', level));
  filter.service?.forEach((service) => search.append('var-service', service));
  filter.namespace?.forEach((namespace) => search.append('var-namespace', namespace));
  return search.toString();
}

/** A filter says what to look for, not when: the range stays. */
function withRange(search: string): string {
  const merged = new URLSearchParams(search);
  const now = new URLSearchParams(window.location.search);
  for (const name of ['from', 'to', 'timezone', 'var-ds']) {
    const value = now.get(name);
    if (value !== null) {
      merged.set(name, value);
    }
  }
  return merged.toString();
}

interface SaveSearchProps {
  readonly settings: SearchSettings;
  readonly request: SearchLogsRequest;
  readonly onSaved: () => void;
  readonly onDismiss: () => void;
}

function SaveSearch({ settings, request, onSaved, onDismiss }: SaveSearchProps) {
  const nameId = useId();
  const isEditor = useMay('editor') === true;
  const [name, setName] = useState('');
  const [isShared, setIsShared] = useState(false);
  // The shared form has no place for LogQL.
  const mayShare = isEditor && settings.mode === 'text';
  const save = useAction(async () => {
    if (isShared && mayShare) {
      const { service, namespace, level, text } = request;
      await serverClient().createSavedFilter({
        name: name.trim(),
        filter: { service, namespace, level, ...(text === undefined ? {} : { text }) },
      });
    } else {
      keepPersonalFilter({ name: name.trim(), search: ownParameters() });
    }
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
          <Input id={nameId} value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
        </Field>
        <Field
          label={t('search.save-for', 'For')}
          description={
            mayShare ? '' : t('search.no-sharing', 'Editors may share searches for text; LogQL stays in your browser.')
          }
        >
          <RadioButtonGroup<boolean>
            options={[
              { value: false, label: t('search.only-me', 'Only me, in this browser') },
              { value: true, label: t('search.everybody', 'Everybody of this organisation') },
            ]}
            disabledOptions={mayShare ? [] : [true]}
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

function ownParameters(): string {
  const search = new URLSearchParams(window.location.search);
  for (const name of ['from', 'to', 'timezone', 'var-ds', 'refresh']) {
    search.delete(name);
  }
  return search.toString();
}
