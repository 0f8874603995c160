import type { BadgeColor } from '@grafana/ui';
import type { Delivery } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../../api/server-client';
import { useRefresh, useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { Section } from '../../../ui/Section';
import { StatusBadge } from '../../../ui/StatusBadge';
import { AdministrationMoment } from '../AdministrationMoment';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';

/** A test message takes a second or two; nobody should have to press a button to see what came of it. */
const pollMs = 2000;

const statusColors: Readonly<Record<Delivery['status'], BadgeColor>> = {
  waiting: 'darkgrey',
  sending: 'blue',
  retrying: 'orange',
  delivered: 'green',
  failed: 'red',
  suppressed: 'darkgrey',
};

/** What was sent to channels, what was not, and why. */
export function DeliverySection() {
  const request = useRequest('deliveries', (signal) => serverClient().listDeliveries({ limit: 50, offset: 0 }, signal));
  const isMoving = request.answer?.deliveries.some(({ status }) => status === 'waiting' || status === 'sending');
  useRefresh(request.reload, isMoving ? pollMs : undefined);
  const columns: ReadonlyArray<TableColumn<Delivery>> = [
    {
      id: 'at',
      title: t('administration.deliveries.when', 'When'),
      cell: ({ createdAt }) => <AdministrationMoment at={createdAt} whenNull="" />,
    },
    { id: 'channel', title: t('administration.deliveries.channel', 'Channel'), cell: ({ channelName }) => channelName },
    {
      id: 'status',
      title: t('administration.deliveries.status', 'Status'),
      cell: ({ status }) => <StatusBadge color={statusColors[status]} text={statusWord(status)} />,
    },
    { id: 'what', title: t('administration.deliveries.what', 'What'), isWide: true, cell: noticeText },
    {
      id: 'attempts',
      title: t('administration.deliveries.attempts', 'Attempts'),
      isNumber: true,
      cell: ({ attemptCount }) => attemptCount,
    },
    {
      id: 'reason',
      title: t('administration.deliveries.reason', 'Why not'),
      isWide: true,
      cell: ({ reason }) => reasonText(reason),
    },
  ];
  return (
    <Section title={t('administration.deliveries.title', 'What was sent')}>
      <Loaded request={request}>
        {({ deliveries }) => (
          <DataTable
            label={t('administration.deliveries.title', 'What was sent')}
            columns={columns}
            rows={deliveries}
            rowKey={({ id }) => id}
            testId={testIds.administration.deliveries}
            whenEmpty={t('administration.deliveries.empty', 'Nothing was sent yet.')}
          />
        )}
      </Loaded>
    </Section>
  );
}

function statusWord(status: Delivery['status']): string {
  const words: Readonly<Record<typeof status, string>> = {
    waiting: t('administration.deliveries.waiting', 'waiting'),
    sending: t('administration.deliveries.sending', 'sending'),
    retrying: t('administration.deliveries.retrying', 'retrying'),
    delivered: t('administration.deliveries.delivered', 'delivered'),
    failed: t('administration.deliveries.failed', 'failed'),
    suppressed: t('administration.deliveries.suppressed', 'suppressed'),
  };
  return words[status];
}

/** Reasons of the server's own are words with dashes; everything else is a sentence of its own. */
function reasonText(reason: string | null): string {
  const texts: Readonly<Record<string, string>> = {
    'cluster-ignored': t('administration.deliveries.cluster-ignored', 'The cluster is ignored'),
    'kind-not-chosen': t('administration.deliveries.kind', 'The channel is not told of this kind'),
    'service-not-chosen': t('administration.deliveries.service', 'The channel is not told of this service'),
    'severity-below-threshold': t('administration.deliveries.severity', 'Less severe than the channel is told of'),
    'channel-deleted': t('administration.deliveries.channel-deleted', 'The channel was removed'),
    'notices-deleted': t('administration.deliveries.notices-deleted', 'What it told of was deleted'),
    'kind-not-for-pagerduty': t('administration.deliveries.not-for-pagerduty', 'Not for PagerDuty'),
    'overtaken-by-a-later-one': t('administration.deliveries.overtaken', 'A later message says more'),
  };
  return reason === null ? '' : (texts[reason] ?? reason);
}

function noticeText({ isTest, notices }: Delivery): string {
  const [first] = notices;
  if (isTest || first === undefined) {
    return t('administration.deliveries.test', 'Test message');
  }
  const rest = notices.length - 1;
  return rest === 0
    ? first.title
    : t('administration.deliveries.more', '{{title}} and {{count}} more', {
        title: first.title,
        count: rest,
        defaultValue_one: '{{title}} and {{count}} more',
      });
}
