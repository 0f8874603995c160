import { Button, ConfirmModal, IconButton, Stack, Switch } from '@grafana/ui';
import type { Channel, ListChannelsResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { StatusBadge } from '../../../ui/StatusBadge';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';
import { ShownOnce } from '../ShownOnce';
import { TabStack } from '../TabStack';
import { useWork } from '../use-work';
import { DeliverySection } from './DeliverySection';
import { EditChannel } from './EditChannel';
import { NewChannel } from './NewChannel';

/** Where people are told of incidents and clusters, and what came of it. */
export function NotificationsTab() {
  const request = useRequest('channels', (signal) => serverClient().listChannels({}, signal));
  const work = useWork();
  const [isMaking, setIsMaking] = useState(false);
  const [editing, setEditing] = useState<Channel>();
  const [removing, setRemoving] = useState<Channel>();
  const [secret, setSecret] = useState<string>();
  // Counts tests: the list of deliveries is read again after each.
  const [testCount, setTestCount] = useState(0);

  async function change(act: () => Promise<unknown>) {
    await work.run(act);
    request.reload();
  }

  async function test({ id }: Channel) {
    await change(() => serverClient().testChannel({ id }));
    setTestCount((count) => count + 1);
  }

  return (
    <TabStack testId={testIds.administration.notifications}>
      <Section
        title={t('administration.channels.title', 'Channels')}
        actions={
          <Button
            size="sm"
            icon="plus"
            disabled={isMaking || request.answer === undefined}
            onClick={() => setIsMaking(true)}
          >
            {t('administration.channels.create', 'New channel')}
          </Button>
        }
      >
        {work.error && <ProblemNotice error={work.error} />}
        <Loaded request={request}>
          {(answer) => (
            <Channels
              answer={answer}
              isBusy={work.isBusy}
              onTest={(channel) => void test(channel)}
              onToggle={(channel) => void change(() => toggle(channel))}
              onEdit={setEditing}
              onRemove={setRemoving}
            />
          )}
        </Loaded>
      </Section>
      {isMaking && request.answer && (
        <NewChannel
          unavailableKinds={request.answer.unavailableKinds}
          onMade={(made) => {
            setIsMaking(false);
            setSecret(made.secret ?? undefined);
            request.reload();
          }}
          onDismiss={() => setIsMaking(false)}
        />
      )}
      {editing && (
        <EditChannel
          key={editing.id}
          channel={editing}
          onSaved={() => {
            setEditing(undefined);
            request.reload();
          }}
          onDismiss={() => setEditing(undefined)}
        />
      )}
      <DeliverySection key={testCount} />
      {removing && (
        <ConfirmModal
          isOpen
          title={t('administration.channels.remove-title', 'Remove channel')}
          body={t('administration.channels.remove-body', '{{name}} is told nothing any more.', { name: removing.name })}
          confirmText={t('administration.channels.remove', 'Remove')}
          disabled={work.isBusy}
          onConfirm={async () => {
            await change(() => serverClient().deleteChannel({ id: removing.id }));
            setRemoving(undefined);
          }}
          onDismiss={() => setRemoving(undefined)}
        />
      )}
      {secret !== undefined && (
        <ShownOnce
          title={t('administration.channels.secret', "Secret that signs this webhook's messages")}
          secret={secret}
          onDone={() => setSecret(undefined)}
        />
      )}
    </TabStack>
  );
}

function toggle({ id, name, rules, isEnabled }: Channel) {
  return serverClient().changeChannel({ id, name, rules, isEnabled: !isEnabled });
}

interface ChannelsProps {
  readonly answer: ListChannelsResponse;
  readonly isBusy: boolean;
  readonly onTest: (channel: Channel) => void;
  readonly onToggle: (channel: Channel) => void;
  readonly onEdit: (channel: Channel) => void;
  readonly onRemove: (channel: Channel) => void;
}

function Channels({ answer: { channels }, isBusy, onTest, onToggle, onEdit, onRemove }: ChannelsProps) {
  const columns: ReadonlyArray<TableColumn<Channel>> = [
    { id: 'name', title: t('administration.channels.name', 'Name'), cell: ({ name }) => name },
    {
      id: 'target',
      title: t('administration.channels.target', 'Leads to'),
      isWide: true,
      cell: ({ target }) => targetText(target),
    },
    {
      id: 'severity',
      title: t('administration.channels.severity', 'Told from'),
      cell: ({ rules: { minSeverity, quietHours } }) => (
        <Stack>
          <StatusBadge color="blue" text={minSeverity} />
          {quietHours && (
            <StatusBadge color="darkgrey" icon="bell-slash" text={`${quietHours.from}–${quietHours.to}`} />
          )}
        </Stack>
      ),
    },
    {
      id: 'state',
      title: t('administration.channels.state', 'State'),
      cell: ({ disabledReason, failureCount }) =>
        disabledReason ??
        (failureCount === 0
          ? ''
          : t('administration.channels.failures', '{{count}} attempts failed', {
              count: failureCount,
              defaultValue_one: '{{count}} attempt failed',
            })),
    },
    {
      id: 'enabled',
      title: t('administration.channels.enabled', 'On'),
      cell: (channel) => (
        <Switch
          aria-label={t('administration.channels.enabled-this', '{{name}} is on', { name: channel.name })}
          value={channel.isEnabled}
          disabled={isBusy}
          onChange={() => onToggle(channel)}
        />
      ),
    },
    {
      id: 'actions',
      title: t('administration.channels.actions', 'Actions'),
      hasHiddenTitle: true,
      cell: (channel) => (
        <Stack>
          <Button size="sm" variant="secondary" disabled={isBusy || !channel.isEnabled} onClick={() => onTest(channel)}>
            {t('administration.channels.test', 'Send a test')}
          </Button>
          <IconButton
            name="pen"
            tooltip={t('administration.channels.edit-this', 'Change what {{name}} is told of', { name: channel.name })}
            onClick={() => onEdit(channel)}
          />
          <IconButton
            name="trash-alt"
            tooltip={t('administration.channels.remove-this', 'Remove {{name}}', { name: channel.name })}
            onClick={() => onRemove(channel)}
          />
        </Stack>
      ),
    },
  ];
  return (
    <DataTable
      label={t('administration.channels.title', 'Channels')}
      columns={columns}
      rows={channels}
      rowKey={({ id }) => id}
      testId={testIds.administration.channels}
      whenEmpty={t(
        'administration.channels.empty',
        'Nobody is told of anything yet. Make a channel to Slack, PagerDuty, mail or a webhook; its test button sends a message.'
      )}
    />
  );
}

function targetText(target: Channel['target']): string {
  switch (target.kind) {
    case 'webhook':
      return target.url;
    case 'slack':
      return `Slack, ${target.host} …${target.secretEnd}`;
    case 'pagerduty':
      return `PagerDuty, …${target.secretEnd}`;
    case 'email':
      return target.recipients.join(', ');
  }
}
