import { Alert, Button, Field, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import type { ChannelRules, ChannelTarget, CreateChannelResponse, ListChannelsResponse } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../../api/server-client';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { useWork } from '../use-work';
import { ChannelRulesFields, toSentRules } from './ChannelRulesFields';
import { toTarget } from './channel-target';

interface NewChannelProps {
  readonly unavailableKinds: ListChannelsResponse['unavailableKinds'];
  readonly onMade: (made: CreateChannelResponse) => void;
  readonly onDismiss: () => void;
}

type Kind = ChannelTarget['kind'];

const usualRules: ChannelRules = { minSeverity: 'HIGH', kinds: [], services: [], quietHours: null, groupSeconds: 30 };

export function NewChannel({ unavailableKinds, onMade, onDismiss }: NewChannelProps) {
  const ids = { name: useId(), address: useId() };
  const work = useWork();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('webhook');
  const [address, setAddress] = useState('');
  const [rules, setRules] = useState(usualRules);
  const missing = unavailableKinds.find((unavailable) => unavailable.kind === kind);
  const isComplete = name.trim() !== '' && address.trim() !== '' && missing === undefined;

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (isComplete) {
      const channel = { name: name.trim(), target: toTarget(kind, address), rules: toSentRules(rules) };
      void work.run(async () => onMade(await serverClient().createChannel(channel)));
    }
  }

  const words = addressWords(kind);
  return (
    <Section title={t('administration.channels.create', 'New channel')} testId={testIds.administration.newChannel}>
      <form onSubmit={handleSubmit} noValidate>
        {work.error && <ProblemNotice error={work.error} />}
        <Field label={t('administration.channels.kind', 'Kind')}>
          <RadioButtonGroup<Kind>
            options={[
              { value: 'webhook', label: t('administration.channels.webhook', 'Webhook') },
              { value: 'slack', label: 'Slack' },
              { value: 'pagerduty', label: 'PagerDuty' },
              { value: 'email', label: t('administration.channels.email', 'E-mail') },
            ]}
            value={kind}
            onChange={(chosen) => {
              setKind(chosen);
              setAddress('');
            }}
          />
        </Field>
        {missing && <Alert severity="info" title={missing.reason} />}
        <Stack wrap="wrap" alignItems="flex-end">
          <Field label={t('administration.channels.name', 'Name')}>
            <Input
              id={ids.name}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Field>
          <Field label={words.label} description={words.description}>
            <Input
              id={ids.address}
              width={60}
              value={address}
              placeholder={words.placeholder}
              autoComplete="off"
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
          </Field>
        </Stack>
        <ChannelRulesFields rules={rules} onChange={setRules} />
        <Stack>
          <Button type="submit" disabled={!isComplete || work.isBusy}>
            {t('administration.channels.make', 'Make channel')}
          </Button>
          <Button variant="secondary" fill="text" onClick={onDismiss}>
            {t('administration.cancel', 'Cancel')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}

interface AddressWords {
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
}

function addressWords(kind: Kind): AddressWords {
  const words: Readonly<Record<Kind, AddressWords>> = {
    webhook: {
      label: t('administration.channels.url', 'Address'),
      description: t('administration.channels.url-note', 'Reached over https; messages are signed'),
      placeholder: 'https://hooks.example.com/loghunter',
    },
    slack: {
      label: t('administration.channels.slack-url', 'Address of the incoming webhook'),
      description: t('administration.channels.sealed', 'Kept sealed and never shown again'),
      placeholder: 'https://hooks.slack.com/services/...',
    },
    pagerduty: {
      label: t('administration.channels.routing-key', 'Integration key of Events API v2'),
      description: t('administration.channels.sealed', 'Kept sealed and never shown again'),
      placeholder: '',
    },
    email: {
      label: t('administration.channels.recipients', 'Recipients'),
      description: t('administration.channels.recipients-note', 'Separated by commas'),
      placeholder: 'on-call@example.com',
    },
  };
  return words[kind];
}
