import { Button, Combobox, Field, Input, Stack } from '@grafana/ui';
import type { Tenant } from '@loghunter/contracts';
import React, { useState, type FormEvent } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork } from '../use-work';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';

interface MapOrganisationProps {
  readonly tenants: readonly Tenant[];
  readonly onMapped: () => void;
}

/** Says which tenant an organisation of Grafana is. */
export function MapOrganisation({ tenants, onMapped }: MapOrganisationProps) {
  const action = useWork();
  const [organisationId, setOrganisationId] = useState('');
  const [tenantId, setTenantId] = useState<string | null>(null);
  const isNumber = /^[1-9]\d{0,14}$/.test(organisationId);

  async function map(tenant: string) {
    if (await action.run(() => serverClient().mapOrganisation({ organisationId, tenantId: tenant }))) {
      setOrganisationId('');
      setTenantId(null);
      onMapped();
    }
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (isNumber && tenantId !== null) {
      void map(tenantId);
    }
  }

  return (
    <form onSubmit={handleSubmit} noValidate>
      {action.error && <ProblemNotice error={action.error} />}
      <Stack alignItems="flex-end" wrap="wrap">
        <Field
          noMargin
          label={t('administration.tenants.organisation-number', 'Number of the organisation')}
          invalid={organisationId !== '' && !isNumber}
        >
          <Input
            id="loghunter-organisation"
            width={20}
            value={organisationId}
            inputMode="numeric"
            onChange={(event) => setOrganisationId(event.currentTarget.value.trim())}
          />
        </Field>
        <Field noMargin label={t('administration.tenants.tenant', 'Tenant')}>
          <Combobox
            id="loghunter-organisation-tenant"
            width={30}
            options={tenants.map(({ id, name }) => ({ value: id, label: name }))}
            value={tenantId}
            onChange={({ value }) => setTenantId(value)}
          />
        </Field>
        <Button type="submit" variant="secondary" disabled={!isNumber || tenantId === null || action.isBusy}>
          {t('administration.tenants.map', 'Join')}
        </Button>
      </Stack>
    </form>
  );
}
