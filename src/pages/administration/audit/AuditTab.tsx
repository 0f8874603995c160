import { Badge, Button, Stack } from '@grafana/ui';
import type { AuditEntry } from '@loghunter/contracts';
import React, { useState } from 'react';
import { download } from '../../../api/download';
import type { ServerError } from '../../../api/server-error';
import { serverClient } from '../../../api/server-client';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ExportButton } from '../../../ui/ExportButton';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { AdministrationMoment } from '../AdministrationMoment';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';
import { TabStack } from '../TabStack';
import { AuditFilter } from './AuditFilter';
import { auditQuery, noAuditFilter, type AuditFilterFields } from './audit-query';

const pageSize = 50;

/** Who did what, the newest first; filtered, paged and exported. */
export function AuditTab() {
  const [filter, setFilter] = useState<AuditFilterFields>(noAuditFilter);
  // Where each page begins; the last one is shown. Undefined: at the newest entry.
  const [starts, setStarts] = useState<ReadonlyArray<number | undefined>>([undefined]);
  const [exportError, setExportError] = useState<ServerError>();
  const before = starts.at(-1);
  const request = useRequest(JSON.stringify({ filter, before }), (signal) =>
    serverClient().listAuditEntries(
      { ...auditQuery(filter, Date.now()), limit: pageSize, ...(before && { before }) },
      signal
    )
  );

  function handleFilter(changed: AuditFilterFields) {
    setFilter(changed);
    setStarts([undefined]);
  }

  return (
    <TabStack testId={testIds.administration.audit}>
      <Section
        title={t('administration.audit.title', 'Audit log')}
        actions={
          <ExportButton
            label={t('administration.audit.export', 'Export')}
            fileName="loghunter-audit.ndjson"
            onError={setExportError}
            load={(options) => download('exportAuditEntries', auditQuery(filter, Date.now()), options)}
          />
        }
      >
        <AuditFilter filter={filter} onChange={handleFilter} />
        {exportError && <ProblemNotice error={exportError} />}
        <Loaded request={request}>
          {({ entries, nextBefore }) => (
            <>
              <AuditTable entries={entries} />
              <Stack justifyContent="flex-end">
                <Button
                  size="sm"
                  variant="secondary"
                  disabled={starts.length === 1}
                  onClick={() => setStarts(starts.slice(0, -1))}
                >
                  {t('administration.audit.newer', 'Newer')}
                </Button>
                <Button
                  size="sm"
                  variant="secondary"
                  disabled={nextBefore === null}
                  onClick={() => nextBefore !== null && setStarts([...starts, nextBefore])}
                >
                  {t('administration.audit.older', 'Older')}
                </Button>
              </Stack>
            </>
          )}
        </Loaded>
      </Section>
    </TabStack>
  );
}

function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const columns: ReadonlyArray<TableColumn<AuditEntry>> = [
    {
      id: 'sequence',
      title: t('administration.audit.sequence', 'No.'),
      isNumber: true,
      cell: ({ sequence }) => sequence,
    },
    {
      id: 'at',
      title: t('administration.audit.when', 'When'),
      cell: ({ occurredAt }) => <AdministrationMoment at={occurredAt} whenNull="" />,
    },
    {
      id: 'actor',
      title: t('administration.audit.who', 'Who'),
      cell: ({ actor }) => <span title={`${actor.kind} ${actor.id}`}>{actor.name}</span>,
    },
    { id: 'action', title: t('administration.audit.action', 'Did'), cell: ({ action }) => <code>{action}</code> },
    {
      id: 'object',
      title: t('administration.audit.object', 'To'),
      isWide: true,
      cell: ({ object, details }) => <span title={JSON.stringify(details)}>{`${object.kind} ${object.id}`}</span>,
    },
    {
      id: 'result',
      title: t('administration.audit.result', 'Result'),
      cell: ({ result }) => <Badge color={result === 'ok' ? 'green' : 'orange'} text={result} />,
    },
  ];
  return (
    <DataTable
      label={t('administration.audit.title', 'Audit log')}
      columns={columns}
      rows={entries}
      rowKey={({ sequence }) => String(sequence)}
      testId={testIds.administration.auditTable}
      whenEmpty={t('administration.audit.empty', 'No entry matches.')}
    />
  );
}
