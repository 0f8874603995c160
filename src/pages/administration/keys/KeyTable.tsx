import { IconButton, Stack, type BadgeColor } from '@grafana/ui';
import type { ApiKey } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../../translations';
import { exactCount } from '../../../ui/number-format';
import { StatusBadge } from '../../../ui/StatusBadge';
import { AdministrationMoment, dayText } from '../AdministrationMoment';
import { DataTable, type TableColumn } from '../DataTable';

interface KeyTableProps {
  readonly apiKeys: readonly ApiKey[];
  readonly onRotate: (apiKey: ApiKey) => void;
  readonly onRevoke: (apiKey: ApiKey) => void;
}

const statusColors: Readonly<Record<ApiKey['status'], BadgeColor>> = {
  active: 'green',
  expired: 'orange',
  revoked: 'darkgrey',
};

export function KeyTable({ apiKeys, onRotate, onRevoke }: KeyTableProps) {
  const columns: ReadonlyArray<TableColumn<ApiKey>> = [
    { id: 'name', title: t('administration.keys.name', 'Name'), cell: ({ name }) => name, isWide: true },
    {
      id: 'key',
      title: t('administration.keys.key', 'Key'),
      cell: ({ prefix, lastFour }) => <code>{`${prefix}…${lastFour}`}</code>,
    },
    { id: 'scopes', title: t('administration.keys.scopes', 'Scopes'), cell: ({ scopes }) => scopes.join(', ') },
    {
      id: 'status',
      title: t('administration.keys.status', 'Status'),
      cell: ({ status }) => <StatusBadge color={statusColors[status]} text={statusWord(status)} />,
    },
    {
      id: 'limit',
      title: t('administration.keys.limit', 'Requests an hour'),
      cell: ({ hourlyLimit }) =>
        hourlyLimit === null ? t('administration.keys.scope-limit', 'as its scopes') : exactCount(hourlyLimit),
    },
    {
      id: 'used',
      title: t('administration.keys.last-used', 'Last used'),
      cell: ({ lastUsedAt }) => (
        <AdministrationMoment at={lastUsedAt} whenNull={t('administration.keys.never-used', 'never')} />
      ),
    },
    {
      id: 'expires',
      title: t('administration.keys.expires', 'Expires'),
      cell: ({ expiresAt }) =>
        expiresAt === null ? t('administration.keys.never-expires', 'never') : dayText(expiresAt),
    },
    { id: 'by', title: t('administration.keys.created-by', 'Made by'), cell: ({ createdBy }) => createdBy },
    {
      id: 'actions',
      title: t('administration.keys.actions', 'Actions'),
      hasHiddenTitle: true,
      cell: (apiKey) =>
        apiKey.status === 'active' && (
          <Stack>
            <IconButton
              name="sync"
              tooltip={t('administration.keys.rotate-this', 'Replace {{name}}', { name: apiKey.name })}
              onClick={() => onRotate(apiKey)}
            />
            <IconButton
              name="trash-alt"
              tooltip={t('administration.keys.revoke-this', 'Revoke {{name}}', { name: apiKey.name })}
              onClick={() => onRevoke(apiKey)}
            />
          </Stack>
        ),
    },
  ];
  return (
    <DataTable
      label={t('administration.keys.title', 'API keys')}
      columns={columns}
      rows={apiKeys}
      rowKey={({ id }) => id}
      whenEmpty={t(
        'administration.keys.empty',
        'There are no API keys. Programs such as the command line need one; people come through Grafana.'
      )}
    />
  );
}

function statusWord(status: ApiKey['status']): string {
  const words: Readonly<Record<typeof status, string>> = {
    active: t('administration.keys.active', 'active'),
    expired: t('administration.keys.expired', 'expired'),
    revoked: t('administration.keys.revoked', 'revoked'),
  };
  return words[status];
}
