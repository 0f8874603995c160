import { Combobox, Field, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import React, { useId, useState } from 'react';
import { t } from '../../../translations';
import type { AuditFilterFields } from './audit-query';

interface AuditFilterProps {
  readonly filter: AuditFilterFields;
  readonly onChange: (filter: AuditFilterFields) => void;
}

/** Texts apply with Enter or when the field is left: each letter would be a request. */
export function AuditFilter({ filter, onChange }: AuditFilterProps) {
  const rangeId = useId();
  const range = (days: number) =>
    t('administration.audit.days', 'Last {{count}} days', { count: days, defaultValue_one: 'Last {{count}} day' });
  return (
    <Stack wrap="wrap" alignItems="flex-end">
      <TextField
        label={t('administration.audit.actor-id', 'Id of who')}
        placeholder="user:1"
        value={filter.actor}
        onApply={(actor) => onChange({ ...filter, actor })}
      />
      <TextField
        label={t('administration.audit.action-name', 'Name of what')}
        placeholder="createApiKey"
        value={filter.action}
        onApply={(action) => onChange({ ...filter, action })}
      />
      <Field label={t('administration.audit.range', 'Range')}>
        <Combobox
          id={rangeId}
          width={20}
          options={[1, 7, 30, 365].map((days) => ({ value: days, label: range(days) }))}
          value={filter.days}
          onChange={({ value }) => onChange({ ...filter, days: value })}
        />
      </Field>
      <Field label={t('administration.audit.result', 'Result')}>
        <RadioButtonGroup<AuditFilterFields['result']>
          options={[
            { value: 'all', label: t('administration.audit.all', 'All') },
            { value: 'ok', label: t('administration.audit.done', 'Done') },
            { value: 'forbidden', label: t('administration.audit.forbidden', 'Forbidden') },
          ]}
          value={filter.result}
          onChange={(result) => onChange({ ...filter, result })}
        />
      </Field>
    </Stack>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onApply: (value: string) => void;
}

function TextField({ label, placeholder, value, onApply }: TextFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const apply = () => typed !== value && onApply(typed);
  return (
    <Field label={label}>
      <Input
        id={id}
        width={24}
        value={typed}
        placeholder={placeholder}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={apply}
        onKeyDown={(event) => event.key === 'Enter' && apply()}
      />
    </Field>
  );
}
