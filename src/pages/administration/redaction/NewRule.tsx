import { Button, Checkbox, Field, Input, RadioButtonGroup, Stack } from '@grafana/ui';
import type { CreateRedactionRuleResponse, NewRedactionRule, PreviewRedactionRuleResponse } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork } from '../use-work';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { RulePreview } from './RulePreview';

interface NewRuleProps {
  readonly onMade: (answer: CreateRedactionRuleResponse) => void;
  readonly onDismiss: () => void;
}

const nameForm = /^[a-z]+(-[a-z]+){0,8}$/;
const maxNameLength = 40;
const maxPatternLength = 500;

export function NewRule({ onMade, onDismiss }: NewRuleProps) {
  const ids = { name: useId(), pattern: useId(), query: useId() };
  const making = useWork();
  const trying = useWork();
  const [rule, setRule] = useState<NewRedactionRule>({ name: '', form: 'literal', pattern: '', ignoresCase: false });
  const [query, setQuery] = useState('{service_name=~".+"}');
  const [preview, setPreview] = useState<PreviewRedactionRuleResponse>();
  const isNameWrong = rule.name !== '' && !nameForm.test(rule.name);
  const isComplete = rule.name !== '' && !isNameWrong && rule.pattern !== '';

  function change(fields: Partial<NewRedactionRule>) {
    setRule({ ...rule, ...fields });
    // What a rule of before would have taken out says nothing of this one.
    setPreview(undefined);
  }

  async function tryIt() {
    await trying.run(async () => setPreview(await serverClient().previewRedactionRule({ rule, query })));
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    void making.run(async () => onMade(await serverClient().createRedactionRule(rule)));
  }

  return (
    <Section title={t('administration.redaction.create', 'New rule')} testId={testIds.administration.newRule}>
      <form onSubmit={handleSubmit} noValidate>
        {making.error && <ProblemNotice error={making.error} />}
        <Stack wrap="wrap" alignItems="flex-end">
          <Field
            label={t('administration.redaction.name', 'Name')}
            description={t('administration.redaction.name-note', 'Shown in place of what it takes out, as <own-NAME>')}
            invalid={isNameWrong}
            error={t('administration.redaction.name-wrong', 'Lower-case letters, words joined by dashes')}
          >
            <Input
              id={ids.name}
              value={rule.name}
              maxLength={maxNameLength}
              placeholder="customer-number"
              onChange={(event) => change({ name: event.currentTarget.value.trim() })}
            />
          </Field>
          <Field
            label={t('administration.redaction.pattern', 'Takes out')}
            description={
              rule.form === 'literal'
                ? t('administration.redaction.literal-note', 'This text, as it stands')
                : t('administration.redaction.expression-note', "What matches this expression (RE2's syntax)")
            }
          >
            <Input
              id={ids.pattern}
              width={50}
              value={rule.pattern}
              maxLength={maxPatternLength}
              placeholder={rule.form === 'literal' ? 'Project Bluebird' : 'C-\\d{6}'}
              onChange={(event) => change({ pattern: event.currentTarget.value })}
            />
          </Field>
          <Field label={t('administration.redaction.form', 'Form')}>
            <RadioButtonGroup<NewRedactionRule['form']>
              options={[
                { value: 'literal', label: t('administration.redaction.text', 'Text') },
                { value: 'expression', label: t('administration.redaction.expression-form', 'Expression') },
              ]}
              value={rule.form}
              onChange={(form) => change({ form })}
            />
          </Field>
        </Stack>
        <Field>
          <Checkbox
            label={t('administration.redaction.ignore-case', 'Ignore case')}
            value={rule.ignoresCase ?? false}
            onChange={(event) => change({ ignoresCase: event.currentTarget.checked })}
          />
        </Field>
        <Field
          label={t('administration.redaction.query', 'Try it on the lines of the last hour of')}
          description={t('administration.redaction.query-note', 'LogQL; the newest 500 lines. Nothing is kept.')}
        >
          <Input id={ids.query} value={query} onChange={(event) => setQuery(event.currentTarget.value)} />
        </Field>
        <Stack>
          <Button
            variant="secondary"
            icon="eye"
            disabled={!isComplete || query.trim() === '' || trying.isBusy}
            onClick={() => void tryIt()}
          >
            {t('administration.redaction.try', 'Try it')}
          </Button>
          <Button type="submit" disabled={!isComplete || making.isBusy}>
            {t('administration.redaction.make', 'Make rule')}
          </Button>
          <Button variant="secondary" fill="text" onClick={onDismiss}>
            {t('administration.cancel', 'Cancel')}
          </Button>
        </Stack>
      </form>
      {trying.error && <ProblemNotice error={trying.error} />}
      {preview && <RulePreview preview={preview} />}
    </Section>
  );
}
