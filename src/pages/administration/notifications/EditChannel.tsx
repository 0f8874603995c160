import { Button, Field, Input, Stack } from '@grafana/ui';
import type { Channel } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../../api/server-client';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { useWork } from '../use-work';
import { ChannelRulesFields, toSentRules } from './ChannelRulesFields';

interface EditChannelProps {
  readonly channel: Channel;
  readonly onSaved: () => void;
  readonly onDismiss: () => void;
}

/** Changes what a channel is told of; where it leads stays. */
export function EditChannel({ channel, onSaved, onDismiss }: EditChannelProps) {
  const nameId = useId();
  const work = useWork();
  const [name, setName] = useState(channel.name);
  const [rules, setRules] = useState(channel.rules);

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    const { id, isEnabled } = channel;
    void work.run(async () => {
      await serverClient().changeChannel({ id, name: name.trim(), rules: toSentRules(rules), isEnabled });
      onSaved();
    });
  }

  return (
    <Section
      title={t('administration.channels.edit-title', 'What {{name}} is told of', { name: channel.name })}
      testId={testIds.administration.editChannel}
    >
      <form onSubmit={handleSubmit} noValidate>
        {work.error && <ProblemNotice error={work.error} />}
        <Field label={t('administration.channels.name', 'Name')}>
          <Input
            id={nameId}
            width={40}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <ChannelRulesFields rules={rules} onChange={setRules} />
        <Stack>
          <Button type="submit" disabled={name.trim() === '' || work.isBusy}>
            {t('administration.channels.save', 'Save')}
          </Button>
          <Button variant="secondary" fill="text" onClick={onDismiss}>
            {t('administration.cancel', 'Cancel')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
