import { Button, Field, Input, Modal } from '@grafana/ui';
import type { Tenant } from '@loghunter/contracts';
import React, { useState, type FormEvent } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork } from '../use-work';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';

interface EditTenantProps {
  /** Absent: a new one. */
  readonly tenant?: Tenant;
  readonly onSaved: () => void;
  readonly onDismiss: () => void;
}

export function EditTenant({ tenant, onSaved, onDismiss }: EditTenantProps) {
  const action = useWork();
  const [name, setName] = useState(tenant?.name ?? '');
  const [lokiOrgId, setLokiOrgId] = useState(tenant?.lokiOrgId ?? '');

  async function save() {
    const client = serverClient();
    const isSaved = await action.run(() =>
      tenant === undefined
        ? client.createTenant({ name: name.trim(), ...(lokiOrgId === '' ? {} : { lokiOrgId }) })
        : client.updateTenant({ id: tenant.id, name: name.trim(), lokiOrgId: lokiOrgId === '' ? null : lokiOrgId })
    );
    if (isSaved) {
      onSaved();
    }
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    void save();
  }

  const title =
    tenant === undefined
      ? t('administration.tenants.create', 'Create tenant')
      : t('administration.tenants.edit', 'Edit {{name}}', { name: tenant.name });
  return (
    <Modal isOpen title={title} onDismiss={onDismiss}>
      <form onSubmit={handleSubmit} noValidate>
        {action.error && <ProblemNotice error={action.error} />}
        <Field label={t('administration.tenants.name', 'Name')} required>
          <Input
            id="loghunter-tenant-name"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field
          label={t('administration.tenants.loki-org-id', 'Tenant id in Loki')}
          description={t(
            'administration.tenants.loki-note',
            'Sent as X-Scope-OrgID. Without one there is nothing to read; no two tenants have the same.'
          )}
        >
          <Input
            id="loghunter-tenant-loki"
            value={lokiOrgId}
            maxLength={150}
            onChange={(event) => setLokiOrgId(event.currentTarget.value.trim())}
          />
        </Field>
        <Modal.ButtonRow>
          <Button variant="secondary" onClick={onDismiss}>
            {t('administration.cancel', 'Cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === '' || action.isBusy}>
            {t('administration.save', 'Save')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
