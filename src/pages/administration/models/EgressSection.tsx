import { Alert, Button, Modal } from '@grafana/ui';
import type { EgressEntry, GetEgressEntryResponse, ListEgressResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { exactCount } from '../../../ui/number-format';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { AdministrationMoment } from '../AdministrationMoment';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';
import { useWork } from '../use-work';

/** The proof of what went out: sums, each call, and the exact text of one. */
export function EgressSection() {
  const request = useRequest('egress', (signal) => serverClient().listEgress({ limit: 100, offset: 0 }, signal));
  const work = useWork();
  const [shown, setShown] = useState<GetEgressEntryResponse>();

  async function show({ id }: EgressEntry) {
    await work.run(async () => setShown(await serverClient().getEgressEntry({ id })));
  }

  return (
    <Section title={t('administration.egress.title', 'What went out to language models, last 30 days')}>
      {work.error && <ProblemNotice error={work.error} />}
      <Loaded request={request}>
        {(answer) => (
          <>
            <Verdict answer={answer} />
            <EgressTable entries={answer.entries} onShow={(entry) => void show(entry)} />
          </>
        )}
      </Loaded>
      {shown && (
        <Modal
          isOpen
          title={t('administration.egress.text', 'The exact text that was sent')}
          onDismiss={() => setShown(undefined)}
        >
          <p>
            {t('administration.egress.hash', 'SHA-256 of the text:')} <code>{shown.entry.textHash}</code>
          </p>
          <pre tabIndex={0}>{shown.text}</pre>
        </Modal>
      )}
    </Section>
  );
}

function Verdict({ answer: { leftInstallationCount, totals } }: { answer: ListEgressResponse }) {
  if (leftInstallationCount === 0) {
    return (
      <Alert
        severity="success"
        title={t('administration.egress.nothing', 'Nothing has left the installation.')}
        data-testid={testIds.administration.egressVerdict}
      />
    );
  }
  const outside = totals.filter((total) => total.leftInstallation);
  return (
    <Alert
      severity="info"
      title={t('administration.egress.left', '{{count}} calls have left the installation.', {
        count: leftInstallationCount,
        defaultValue_one: '{{count}} call has left the installation.',
      })}
      data-testid={testIds.administration.egressVerdict}
    >
      {outside.map(({ destination, callCount, sizeBytes, inputTokens, outputTokens, costUsd }) => (
        <div key={destination}>
          {t(
            'administration.egress.total',
            '{{destination}}: {{calls}} calls, {{bytes}} bytes of text, {{tokens}} tokens, {{cost}} US dollars',
            {
              destination,
              calls: exactCount(callCount),
              bytes: exactCount(sizeBytes),
              tokens: exactCount(inputTokens + outputTokens),
              cost: costUsd.toFixed(2),
            }
          )}
        </div>
      ))}
    </Alert>
  );
}

interface EgressTableProps {
  readonly entries: readonly EgressEntry[];
  readonly onShow: (entry: EgressEntry) => void;
}

function EgressTable({ entries, onShow }: EgressTableProps) {
  const columns: ReadonlyArray<TableColumn<EgressEntry>> = [
    {
      id: 'at',
      title: t('administration.egress.when', 'When'),
      cell: ({ startedAt }) => <AdministrationMoment at={startedAt} whenNull="" />,
    },
    { id: 'to', title: t('administration.egress.to', 'To'), cell: ({ destination }) => destination },
    { id: 'model', title: t('administration.egress.model', 'Model'), cell: ({ model }) => model },
    {
      id: 'outcome',
      title: t('administration.egress.outcome', 'Outcome'),
      isWide: true,
      cell: ({ outcome }) => outcome,
    },
    {
      id: 'redactions',
      title: t('administration.egress.redactions', 'Redacted'),
      isNumber: true,
      cell: ({ redactions }) => exactCount(redactions.reduce((sum, { count }) => sum + count, 0)),
    },
    {
      id: 'tokens',
      title: t('administration.egress.tokens', 'Tokens'),
      isNumber: true,
      cell: ({ inputTokens, outputTokens, isEstimate }) =>
        `${isEstimate ? '≈ ' : ''}${exactCount(inputTokens + outputTokens)}`,
    },
    {
      id: 'cost',
      title: t('administration.egress.cost', 'US dollars'),
      isNumber: true,
      cell: ({ costUsd }) => (costUsd === null ? t('administration.egress.unknown', 'not known') : costUsd.toFixed(4)),
    },
    { id: 'by', title: t('administration.egress.by', 'For'), cell: ({ actor }) => actor },
    {
      id: 'actions',
      title: t('administration.egress.actions', 'Actions'),
      hasHiddenTitle: true,
      cell: (entry) => (
        <Button size="sm" variant="secondary" fill="text" onClick={() => onShow(entry)}>
          {t('administration.egress.show', 'Show text')}
        </Button>
      ),
    },
  ];
  return (
    <DataTable
      label={t('administration.egress.title', 'What went out to language models, last 30 days')}
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
      whenEmpty={t('administration.egress.empty', 'No model has been asked anything.')}
    />
  );
}
