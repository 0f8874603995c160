import { Button, ConfirmModal, IconButton } from '@grafana/ui';
import type { ListRedactionRulesResponse, RedactionRule } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { useWork } from '../use-work';
import { useRequest } from '../../../api/use-request';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { exactCount } from '../../../ui/number-format';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { Section } from '../../../ui/Section';
import { StatusBadge } from '../../../ui/StatusBadge';
import { AdministrationMoment } from '../AdministrationMoment';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';
import { TabStack } from '../TabStack';
import { NewRule } from './NewRule';

/** The tenant's own redaction rules, tried on real lines before they are kept, and what each rule took out. */
export function RedactionTab() {
  const request = useRequest('redaction rules', (signal) => serverClient().listRedactionRules({}, signal));
  const action = useWork();
  const [isMaking, setIsMaking] = useState(false);
  const [ending, setEnding] = useState<RedactionRule>();
  const [notice, setNotice] = useState('');

  async function end({ id }: RedactionRule) {
    await action.run(() => serverClient().deleteRedactionRule({ id }));
    setEnding(undefined);
    request.reload();
  }

  return (
    <TabStack testId={testIds.administration.redaction}>
      {action.error && <ProblemNotice error={action.error} />}
      <div role="status">{notice}</div>
      {isMaking && (
        <NewRule
          onMade={({ rule, rewrittenTextCount }) => {
            setIsMaking(false);
            setNotice(
              t('administration.redaction.made', 'The rule {{name}} holds. {{count, number}} stored texts rewritten.', {
                name: rule.name,
                count: rewrittenTextCount,
                defaultValue_one: 'The rule {{name}} holds. {{count, number}} stored text rewritten.',
              })
            );
            request.reload();
          }}
          onDismiss={() => setIsMaking(false)}
        />
      )}
      <Loaded request={request}>
        {(answer) => (
          <TabStack testId={testIds.administration.redactionRules}>
            <OwnRules answer={answer} isMaking={isMaking} onMake={() => setIsMaking(true)} onEnd={setEnding} />
            <BuiltInRules answer={answer} />
          </TabStack>
        )}
      </Loaded>
      {ending && (
        <ConfirmModal
          isOpen
          title={t('administration.redaction.end-title', 'End redaction rule')}
          body={t(
            'administration.redaction.end-body',
            'New lines are kept without {{name}}. What it took out of stored texts stays out.',
            { name: ending.name }
          )}
          confirmText={t('administration.redaction.end', 'End rule')}
          disabled={action.isBusy}
          onConfirm={() => end(ending)}
          onDismiss={() => setEnding(undefined)}
        />
      )}
    </TabStack>
  );
}

interface OwnRulesProps {
  readonly answer: ListRedactionRulesResponse;
  readonly isMaking: boolean;
  readonly onMake: () => void;
  readonly onEnd: (rule: RedactionRule) => void;
}

function OwnRules({ answer: { rules, maxRuleCount }, isMaking, onMake, onEnd }: OwnRulesProps) {
  const columns: ReadonlyArray<TableColumn<RedactionRule>> = [
    {
      id: 'name',
      title: t('administration.redaction.name', 'Name'),
      cell: ({ name }) => <code>{`<own-${name}>`}</code>,
    },
    {
      id: 'pattern',
      title: t('administration.redaction.pattern', 'Takes out'),
      isWide: true,
      cell: ({ pattern, form, ignoresCase }) => (
        <>
          <code>{pattern}</code>{' '}
          {form === 'expression' && (
            <StatusBadge color="darkgrey" text={t('administration.redaction.expression', 'expression')} />
          )}{' '}
          {ignoresCase && (
            <StatusBadge color="darkgrey" text={t('administration.redaction.ignores-case', 'ignores case')} />
          )}
        </>
      ),
    },
    ...countColumns<RedactionRule>(),
    { id: 'by', title: t('administration.redaction.by', 'Made by'), cell: ({ createdBy }) => createdBy },
    {
      id: 'actions',
      title: t('administration.redaction.actions', 'Actions'),
      hasHiddenTitle: true,
      cell: (rule) => (
        <IconButton
          name="trash-alt"
          tooltip={t('administration.redaction.end-this', 'End {{name}}', { name: rule.name })}
          onClick={() => onEnd(rule)}
        />
      ),
    },
  ];
  return (
    <Section
      title={t('administration.redaction.own', 'Own rules')}
      actions={
        <Button size="sm" icon="plus" disabled={isMaking || rules.length >= maxRuleCount} onClick={onMake}>
          {t('administration.redaction.create', 'New rule')}
        </Button>
      }
    >
      <DataTable
        label={t('administration.redaction.own', 'Own rules')}
        columns={columns}
        rows={rules}
        rowKey={({ id }) => id}
        whenEmpty={t(
          'administration.redaction.empty',
          'None. The built-in rules take out secrets and personal data that are known everywhere; a rule of your own takes out what only you know, such as customer numbers.'
        )}
      />
    </Section>
  );
}

type BuiltInRule = ListRedactionRulesResponse['builtIn'][number];

function BuiltInRules({ answer: { builtIn } }: { answer: ListRedactionRulesResponse }) {
  const columns: ReadonlyArray<TableColumn<BuiltInRule>> = [
    {
      id: 'name',
      title: t('administration.redaction.rule', 'Rule'),
      cell: ({ name }) => <code>{`<${name}>`}</code>,
      isWide: true,
    },
    ...countColumns<BuiltInRule>(),
  ];
  return (
    <Section title={t('administration.redaction.built-in', 'Built-in rules that took something out')}>
      <DataTable
        label={t('administration.redaction.built-in', 'Built-in rules that took something out')}
        columns={columns}
        rows={builtIn}
        rowKey={({ name }) => name}
        whenEmpty={t('administration.redaction.nothing', 'Nothing private was met so far.')}
      />
    </Section>
  );
}

function countColumns<Row extends Pick<RedactionRule, 'matchCount' | 'lastMatchedAt'>>(): Array<TableColumn<Row>> {
  return [
    {
      id: 'count',
      title: t('administration.redaction.count', 'Values taken out'),
      isNumber: true,
      cell: ({ matchCount }) => exactCount(matchCount),
    },
    {
      id: 'last',
      title: t('administration.redaction.last', 'Latest'),
      cell: ({ lastMatchedAt }) => (
        <AdministrationMoment at={lastMatchedAt} whenNull={t('administration.redaction.never', 'never')} />
      ),
    },
  ];
}
