import { Alert, Badge, Button, IconButton } from '@grafana/ui';
import type { Organisation, Tenant } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork } from '../use-work';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';
import { TabStack } from '../TabStack';
import { EditTenant } from './EditTenant';
import { MapOrganisation } from './MapOrganisation';

/** The caller, and for operators the tenants of the installation with the organisations of Grafana that they are. */
export function TenantsTab() {
  const identity = useRequest('identity', (signal) => serverClient().getIdentity({}, signal));
  return (
    <TabStack testId={testIds.administration.tenants}>
      <Loaded request={identity}>
        {({ actor, role, tenant }) => (
          <>
            <Alert
              severity="info"
              title={t('administration.tenants.you', 'You are {{name}}, {{role}} of the tenant {{tenant}}', {
                name: actor.name,
                role,
                tenant: tenant.name,
              })}
            >
              {role !== 'operator' &&
                t(
                  'administration.tenants.no-operator',
                  'Tenants are made and joined to organisations of Grafana by operators, whom the installation names in LOGHUNTER_GRAFANA_OPERATORS.'
                )}
            </Alert>
            {role === 'operator' && <AllTenants />}
          </>
        )}
      </Loaded>
    </TabStack>
  );
}

async function loadTenants(signal: AbortSignal) {
  const client = serverClient();
  const [{ tenants }, { organisations }] = await Promise.all([
    client.listTenants({}, signal),
    client.listOrganisations({}, signal),
  ]);
  return { tenants, organisations };
}

function AllTenants() {
  const request = useRequest('tenants', loadTenants);
  const [edited, setEdited] = useState<Tenant | 'new'>();

  function handleSaved() {
    setEdited(undefined);
    request.reload();
  }

  return (
    <Loaded request={request}>
      {({ tenants, organisations }) => (
        <TabStack testId={testIds.administration.tenantList}>
          <Section
            title={t('administration.tenants.title', 'Tenants')}
            actions={
              <Button size="sm" icon="plus" onClick={() => setEdited('new')}>
                {t('administration.tenants.create', 'Create tenant')}
              </Button>
            }
          >
            <TenantTable tenants={tenants} organisations={organisations} onEdit={setEdited} />
          </Section>
          <Organisations tenants={tenants} organisations={organisations} onChanged={request.reload} />
          {edited && (
            <EditTenant
              {...(edited === 'new' ? {} : { tenant: edited })}
              onSaved={handleSaved}
              onDismiss={() => setEdited(undefined)}
            />
          )}
        </TabStack>
      )}
    </Loaded>
  );
}

interface TenantTableProps {
  readonly tenants: readonly Tenant[];
  readonly organisations: readonly Organisation[];
  readonly onEdit: (tenant: Tenant) => void;
}

function TenantTable({ tenants, organisations, onEdit }: TenantTableProps) {
  const columns: ReadonlyArray<TableColumn<Tenant>> = [
    { id: 'name', title: t('administration.tenants.name', 'Name'), cell: ({ name }) => name, isWide: true },
    {
      id: 'loki',
      title: t('administration.tenants.loki-org-id', 'Tenant id in Loki'),
      cell: ({ lokiOrgId }) =>
        lokiOrgId === null ? t('administration.tenants.none', 'none') : <code>{lokiOrgId}</code>,
    },
    {
      id: 'organisations',
      title: t('administration.tenants.organisations', 'Organisations of Grafana'),
      cell: ({ id }) =>
        organisations
          .filter(({ tenantId }) => tenantId === id)
          .map(({ organisationId }) => organisationId)
          .join(', '),
    },
    {
      id: 'logs',
      title: t('administration.tenants.logs', 'Logs'),
      cell: ({ hasLogs }) =>
        hasLogs ? (
          <Badge color="green" text={t('administration.tenants.has-logs', 'read')} />
        ) : (
          <Badge
            color="orange"
            text={t('administration.tenants.no-logs', 'nothing to read')}
            tooltip={t('administration.tenants.no-logs-note', 'It needs a tenant id of Loki first')}
          />
        ),
    },
    {
      id: 'actions',
      title: t('administration.tenants.actions', 'Actions'),
      hasHiddenTitle: true,
      cell: (tenant) => (
        <IconButton
          name="pen"
          tooltip={t('administration.tenants.edit', 'Edit {{name}}', { name: tenant.name })}
          onClick={() => onEdit(tenant)}
        />
      ),
    },
  ];
  return (
    <DataTable
      label={t('administration.tenants.title', 'Tenants')}
      columns={columns}
      rows={tenants}
      rowKey={({ id }) => id}
      whenEmpty=""
    />
  );
}

interface OrganisationsProps {
  readonly tenants: readonly Tenant[];
  readonly organisations: readonly Organisation[];
  readonly onChanged: () => void;
}

function Organisations({ tenants, organisations, onChanged }: OrganisationsProps) {
  const action = useWork();
  const nameOf = (tenantId: string) => tenants.find(({ id }) => id === tenantId)?.name ?? tenantId;

  async function unmap(organisationId: number) {
    if (await action.run(() => serverClient().unmapOrganisation({ organisationId: String(organisationId) }))) {
      onChanged();
    }
  }

  const columns: ReadonlyArray<TableColumn<Organisation>> = [
    {
      id: 'organisation',
      title: t('administration.tenants.organisation', 'Organisation'),
      cell: ({ organisationId }) => organisationId,
    },
    {
      id: 'tenant',
      title: t('administration.tenants.tenant', 'Tenant'),
      cell: ({ tenantId }) => nameOf(tenantId),
      isWide: true,
    },
    {
      id: 'actions',
      title: t('administration.tenants.actions', 'Actions'),
      hasHiddenTitle: true,
      cell: ({ organisationId }) => (
        <IconButton
          name="trash-alt"
          disabled={action.isBusy}
          tooltip={t('administration.tenants.unmap', "Make organisation {{organisationId}} nobody's", {
            organisationId,
          })}
          onClick={() => void unmap(organisationId)}
        />
      ),
    },
  ];
  return (
    <Section title={t('administration.tenants.organisations', 'Organisations of Grafana')}>
      {action.error && <ProblemNotice error={action.error} />}
      <DataTable
        label={t('administration.tenants.organisations', 'Organisations of Grafana')}
        columns={columns}
        rows={organisations}
        rowKey={({ organisationId }) => String(organisationId)}
        whenEmpty={t('administration.tenants.unmapped', 'No organisation is a tenant: users of Grafana are refused.')}
      />
      <MapOrganisation tenants={tenants} onMapped={onChanged} />
    </Section>
  );
}
