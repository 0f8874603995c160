import { Button, ConfirmModal, Stack } from '@grafana/ui';
import type { ApiKey } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork } from '../use-work';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { Loaded } from '../Loaded';
import { ShownOnce } from '../ShownOnce';
import { TabStack } from '../TabStack';
import { CreateKey } from './CreateKey';
import { KeyTable } from './KeyTable';
import { UsageTable } from './UsageTable';

interface Asked {
  readonly what: 'rotate' | 'revoke';
  readonly apiKey: ApiKey;
}

/** API keys: made, replaced and ended here; the key itself is shown once. */
export function KeysTab() {
  const request = useRequest('api keys', (signal) => serverClient().listApiKeys({}, signal));
  const action = useWork();
  const [isCreating, setIsCreating] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [shownKey, setShownKey] = useState<string>();

  async function confirm({ what, apiKey: { id } }: Asked): Promise<void> {
    const client = serverClient();
    await action.run(async () => {
      if (what === 'rotate') {
        setShownKey((await client.rotateApiKey({ id })).key);
      } else {
        await client.revokeApiKey({ id });
      }
    });
    setAsked(undefined);
    request.reload();
  }

  return (
    <TabStack testId={testIds.administration.keys}>
      <Section
        title={t('administration.keys.title', 'API keys')}
        actions={
          <Button size="sm" icon="plus" onClick={() => setIsCreating(true)}>
            {t('administration.keys.create', 'Create API key')}
          </Button>
        }
      >
        <Stack direction="column">
          {action.error && <ProblemNotice error={action.error} />}
          <Loaded request={request}>
            {({ apiKeys }) => (
              <KeyTable
                apiKeys={apiKeys}
                onRotate={(apiKey) => setAsked({ what: 'rotate', apiKey })}
                onRevoke={(apiKey) => setAsked({ what: 'revoke', apiKey })}
              />
            )}
          </Loaded>
        </Stack>
      </Section>
      <UsageTable />
      {isCreating && (
        <CreateKey
          onCreated={(key) => {
            setIsCreating(false);
            setShownKey(key);
            request.reload();
          }}
          onDismiss={() => setIsCreating(false)}
        />
      )}
      {asked && (
        <ConfirmKeyAction
          asked={asked}
          isRunning={action.isBusy}
          onConfirm={() => confirm(asked)}
          onDismiss={() => setAsked(undefined)}
        />
      )}
      {shownKey !== undefined && (
        <ShownOnce
          title={t('administration.keys.new', 'Your new API key')}
          secret={shownKey}
          onDone={() => setShownKey(undefined)}
        />
      )}
    </TabStack>
  );
}

interface ConfirmKeyActionProps {
  readonly asked: Asked;
  readonly isRunning: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly onDismiss: () => void;
}

function ConfirmKeyAction({ asked, isRunning, onConfirm, onDismiss }: ConfirmKeyActionProps) {
  const { name } = asked.apiKey;
  const words =
    asked.what === 'rotate'
      ? {
          title: t('administration.keys.rotate-title', 'Replace API key'),
          body: t(
            'administration.keys.rotate-body',
            'A new key of the same scopes takes the place of {{name}}. The old one is accepted for another hour.',
            { name }
          ),
          confirm: t('administration.keys.rotate', 'Replace'),
        }
      : {
          title: t('administration.keys.revoke-title', 'Revoke API key'),
          body: t(
            'administration.keys.revoke-body',
            'Programs that use {{name}} are refused within a second. This cannot be undone.',
            { name }
          ),
          confirm: t('administration.keys.revoke', 'Revoke'),
        };
  return (
    <ConfirmModal
      isOpen
      title={words.title}
      body={words.body}
      confirmText={words.confirm}
      confirmVariant={asked.what === 'rotate' ? 'primary' : 'destructive'}
      disabled={isRunning}
      onConfirm={onConfirm}
      onDismiss={onDismiss}
    />
  );
}
