import { Button, Stack, type BadgeColor } from '@grafana/ui';
import type { ListModelProvidersResponse, ModelProvider, TestModelProviderResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { StatusBadge } from '../../../ui/StatusBadge';
import { DataTable, type TableColumn } from '../DataTable';
import { useWork, type Work } from '../use-work';

interface ProviderListProps {
  readonly answer: ListModelProvidersResponse;
  readonly onChanged: () => void;
}

const stateColors: Readonly<Record<ModelProvider['state'], BadgeColor>> = {
  'not-configured': 'darkgrey',
  'not-enabled': 'darkgrey',
  untested: 'blue',
  ready: 'green',
  failing: 'red',
  resting: 'orange',
};

/** Who may be asked to explain. What leaves the installation is off until somebody here enables it. */
export function ProviderList({ answer: { providers, settings }, onChanged }: ProviderListProps) {
  const work = useWork();
  const [tested, setTested] = useState<TestModelProviderResponse>();

  async function change(fields: Parameters<ReturnType<typeof serverClient>['changeModelSettings']>[0]) {
    if (await work.run(() => serverClient().changeModelSettings(fields))) {
      onChanged();
    }
  }

  function toggle(provider: ModelProvider) {
    const others = settings.enabledProviders.filter((name) => name !== provider.name);
    void change({ enabledProviders: provider.isEnabled ? others : [...others, provider.name] });
  }

  async function test({ name }: ModelProvider) {
    setTested(undefined);
    await work.run(async () => setTested(await serverClient().testModelProvider({ provider: name })));
    onChanged();
  }

  const columns: ReadonlyArray<TableColumn<ModelProvider>> = [
    {
      id: 'title',
      title: t('administration.models.provider', 'Provider'),
      cell: ({ title, isChosen }) => (
        <>
          {title} {isChosen && <StatusBadge color="blue" text={t('administration.models.chosen', 'asked')} />}
        </>
      ),
    },
    {
      id: 'destination',
      title: t('administration.models.destination', 'Goes to'),
      cell: ({ destination, leavesInstallation }) => (
        <>
          {destination ?? (leavesInstallation ? '' : '–')}{' '}
          {leavesInstallation && (
            <StatusBadge color="orange" text={t('administration.models.leaves', 'leaves the installation')} />
          )}
        </>
      ),
    },
    {
      id: 'models',
      title: t('administration.models.models', 'Models'),
      cell: ({ models }) => [...new Set([models.base, models.large])].filter((name) => name !== null).join(', ') || '–',
    },
    {
      id: 'state',
      title: t('administration.models.state', 'State'),
      isWide: true,
      cell: ({ state, stateText }) => (
        <>
          <StatusBadge color={stateColors[state]} text={stateWord(state)} /> {stateText}
        </>
      ),
    },
    {
      id: 'actions',
      title: t('administration.models.actions', 'Actions'),
      hasHiddenTitle: true,
      cell: (provider) => (
        <ProviderActions
          provider={provider}
          work={work}
          onTest={() => void test(provider)}
          onToggle={() => toggle(provider)}
          onChoose={() => void change({ provider: provider.name })}
        />
      ),
    },
  ];
  return (
    <Section title={t('administration.models.providers', 'Providers')}>
      {work.error && <ProblemNotice error={work.error} />}
      <DataTable
        label={t('administration.models.providers', 'Providers')}
        columns={columns}
        rows={providers}
        rowKey={({ name }) => name}
        testId={testIds.administration.providers}
        whenEmpty=""
      />
      <div role="status">{tested && testText(tested)}</div>
    </Section>
  );
}

function stateWord(state: ModelProvider['state']): string {
  const words: Readonly<Record<typeof state, string>> = {
    'not-configured': t('administration.models.state-off', 'not set up'),
    'not-enabled': t('administration.models.state-forbidden', 'not allowed'),
    untested: t('administration.models.state-untested', 'not tested'),
    ready: t('administration.models.state-ready', 'ready'),
    failing: t('administration.models.state-failing', 'failing'),
    resting: t('administration.models.state-resting', 'resting'),
  };
  return words[state];
}

interface ProviderActionsProps {
  readonly provider: ModelProvider;
  readonly work: Work;
  readonly onTest: () => void;
  readonly onToggle: () => void;
  readonly onChoose: () => void;
}

function ProviderActions({ provider, work, onTest, onToggle, onChoose }: ProviderActionsProps) {
  const { isConfigured, isEnabled, isChosen, leavesInstallation } = provider;
  const isDisabled = !isConfigured || work.isBusy;
  return (
    <Stack>
      <Button size="sm" variant="secondary" disabled={isDisabled || !isEnabled} onClick={onTest}>
        {t('administration.models.test', 'Test')}
      </Button>
      {leavesInstallation && (
        <Button size="sm" variant={isEnabled ? 'secondary' : 'destructive'} disabled={isDisabled} onClick={onToggle}>
          {isEnabled ? t('administration.models.disable', 'Forbid') : t('administration.models.enable', 'Allow')}
        </Button>
      )}
      {!isChosen && (
        <Button size="sm" variant="secondary" disabled={isDisabled || !isEnabled} onClick={onChoose}>
          {t('administration.models.choose', 'Ask this one')}
        </Button>
      )}
    </Stack>
  );
}

function testText({ provider, failure, durationMs, models }: TestModelProviderResponse): string {
  return failure === null
    ? t('administration.models.test-ok', '{{provider}} answers after {{durationMs}} ms and has {{count}} models.', {
        provider,
        durationMs,
        count: models.length,
        defaultValue_one: '{{provider}} answers after {{durationMs}} ms and has {{count}} model.',
      })
    : t('administration.models.test-failed', '{{provider}}: {{failure}}', { provider, failure });
}
