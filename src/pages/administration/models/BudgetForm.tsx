import { Button, Field, Input, Stack } from '@grafana/ui';
import type { ModelSettings } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../../api/server-client';
import { t } from '../../../translations';
import { exactCount } from '../../../ui/number-format';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { useWork } from '../use-work';

interface BudgetFormProps {
  readonly settings: ModelSettings;
  readonly onChanged: () => void;
}

/** What models may cost. A call that could pass one of them is not made. */
export function BudgetForm({ settings: { budgets, use }, onChanged }: BudgetFormProps) {
  const ids = { tokens: useId(), calls: useId(), dollars: useId() };
  const work = useWork();
  const [tokens, setTokens] = useState(String(budgets.tokensPerDay));
  const [calls, setCalls] = useState(String(budgets.callsPerMinute));
  const [dollars, setDollars] = useState(String(budgets.usdPerMonth));
  const isValid = /^\d{1,10}$/.test(tokens) && /^\d{1,5}$/.test(calls) && /^\d{1,7}(\.\d{1,4})?$/.test(dollars);

  async function save() {
    const wanted = { tokensPerDay: Number(tokens), callsPerMinute: Number(calls), usdPerMonth: Number(dollars) };
    if (await work.run(() => serverClient().changeModelSettings({ budgets: wanted }))) {
      onChanged();
    }
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (isValid) {
      void save();
    }
  }

  return (
    <Section title={t('administration.models.budgets', 'Budgets of language models')}>
      {work.error && <ProblemNotice error={work.error} />}
      <form onSubmit={handleSubmit} noValidate>
        <Stack wrap="wrap" alignItems="flex-end">
          <Field
            noMargin
            label={t('administration.models.tokens', 'Tokens a day')}
            description={t('administration.models.tokens-used', '{{used}} today', {
              used: exactCount(use.tokensToday),
            })}
          >
            <Input
              id={ids.tokens}
              width={20}
              value={tokens}
              onChange={(event) => setTokens(event.currentTarget.value)}
            />
          </Field>
          <Field
            noMargin
            label={t('administration.models.calls', 'Calls a minute')}
            description={t('administration.models.calls-used', '{{used}} this minute', { used: use.callsThisMinute })}
          >
            <Input id={ids.calls} width={20} value={calls} onChange={(event) => setCalls(event.currentTarget.value)} />
          </Field>
          <Field
            noMargin
            label={t('administration.models.dollars', 'US dollars a month')}
            description={t('administration.models.dollars-used', '{{used}} this month', {
              used: use.usdThisMonth.toFixed(2),
            })}
          >
            <Input
              id={ids.dollars}
              width={20}
              value={dollars}
              onChange={(event) => setDollars(event.currentTarget.value)}
            />
          </Field>
          <Button type="submit" variant="secondary" disabled={!isValid || work.isBusy}>
            {t('administration.save', 'Save')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
