import type { ActorUsage } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../../api/server-client';
import { useRequest } from '../../../api/use-request';
import { t } from '../../../translations';
import { exactCount } from '../../../ui/number-format';
import { Section } from '../../../ui/Section';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';

const dayMs = 86_400_000;

function kindWord(kind: string): string {
  const words: Readonly<Record<string, string>> = {
    'grafana-user': t('administration.usage.user', 'user of Grafana'),
    'api-key': t('administration.usage.key', 'API key'),
    installation: t('administration.usage.installation', 'installation'),
  };
  return words[kind] ?? kind;
}

/** Who asked how much within the last day. */
export function UsageTable() {
  const request = useRequest('usage', (signal) =>
    serverClient().getUsage({ from: String(Date.now() - dayMs) }, signal)
  );
  const columns: ReadonlyArray<TableColumn<ActorUsage>> = [
    { id: 'name', title: t('administration.usage.who', 'Who'), cell: ({ name }) => name, isWide: true },
    { id: 'kind', title: t('administration.usage.kind', 'Kind'), cell: ({ kind }) => kindWord(kind) },
    {
      id: 'requests',
      title: t('administration.usage.requests', 'Requests'),
      isNumber: true,
      cell: ({ requestCount }) => exactCount(requestCount),
    },
    {
      id: 'weight',
      title: t('administration.usage.weight', 'Counted as'),
      isNumber: true,
      cell: ({ weightSum }) => exactCount(weightSum),
    },
    {
      id: 'refused',
      title: t('administration.usage.refused', 'Refused as too many'),
      isNumber: true,
      cell: ({ refusedCount }) => exactCount(refusedCount),
    },
  ];
  return (
    <Section title={t('administration.usage.title', 'Requests of the last 24 hours')}>
      <Loaded request={request}>
        {({ actors }) => (
          <DataTable
            label={t('administration.usage.title', 'Requests of the last 24 hours')}
            columns={columns}
            rows={actors}
            rowKey={({ kind, id }) => `${kind} ${id}`}
            whenEmpty={t('administration.usage.empty', 'Nobody asked anything.')}
          />
        )}
      </Loaded>
    </Section>
  );
}
