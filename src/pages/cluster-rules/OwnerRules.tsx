import { css } from '@emotion/css';
import { dateTimeFormat, getTimeZone, type GrafanaTheme2 } from '@grafana/data';
import { ConfirmButton, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { OwnerRule } from '@loghunter/contracts';
import React from 'react';
import { useLive } from '../../api/live';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { getPlainTableStyles } from '../../ui/plain-table-style';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { AssigneeMark } from '../../work-list/AssigneeMark';
import { OwnerRuleForm } from './OwnerRuleForm';

/** Who gets new clusters, by a label of their streams. */
export function OwnerRules() {
  const styles = useStyles2(getStyles);
  const isEditor = useMay('editor');
  const { answer, error, isLoading, reload } = useRequest('owner rules', (signal) =>
    serverClient().listOwnerRules({}, signal)
  );
  useLive(({ topic }) => (topic === 'gap' || topic === 'owner-rule' ? reload() : undefined));
  return (
    <Section title={t('owners.title', 'Owners')} testId={testIds.rules.owners}>
      <p className={styles.note}>
        {t(
          'owners.note',
          'New clusters and incidents whose streams carry a label go to somebody by themselves. The oldest rule that holds decides; what is there already stays as it is.'
        )}
      </p>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer === undefined && isLoading && <LoadingPlaceholder text={t('owners.loading', 'Loading owner rules …')} />}
      {answer?.ownerRules.length === 0 && (
        <p className={styles.note}>
          {isEditor === false
            ? t('owners.noneViewer', 'There is no owner rule. Making one needs the role Editor.')
            : t('owners.none', 'There is no owner rule yet, such as namespace=payments to the payments team.')}
        </p>
      )}
      {answer && answer.ownerRules.length > 0 && <OwnerTable rules={answer.ownerRules} onDeleted={reload} />}
      {isEditor === true && <OwnerRuleForm onMade={reload} />}
    </Section>
  );
}

function OwnerTable({ rules, onDeleted }: { rules: readonly OwnerRule[]; onDeleted: () => void }) {
  const styles = useStyles2(getStyles);
  const { table } = useStyles2(getPlainTableStyles);
  return (
    <div className={styles.frame}>
      <table className={table} aria-label={t('owners.table', 'Owner rules')}>
        <thead>
          <tr>
            <th scope="col">{t('owners.label', 'Label of the streams')}</th>
            <th scope="col">{t('owners.owner', 'Owner')}</th>
            <th scope="col">{t('owners.made', 'Made')}</th>
            <th scope="col" className={styles.actions}>
              <span className="sr-only">{t('rules.table.actions', 'Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <OwnerRow key={rule.id} rule={rule} onDeleted={onDeleted} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OwnerRow({ rule, onDeleted }: { rule: OwnerRule; onDeleted: () => void }) {
  const isEditor = useMay('editor') === true;
  const remove = useAction(async () => {
    await serverClient().deleteOwnerRule({ id: rule.id });
    onDeleted();
  });
  return (
    <tr data-testid={testIds.rules.ownerRow}>
      <td>
        <code>
          {rule.label}={rule.value}
        </code>
      </td>
      <td>
        <AssigneeMark assignee={rule.assignee} hasName />
      </td>
      <td>
        {dateTimeFormat(rule.createdAt, { timeZone: getTimeZone(), format: 'YYYY-MM-DD HH:mm' })}{' '}
        {t('rules.table.by', 'by')} {rule.createdBy}
      </td>
      <td>
        {isEditor && (
          <ConfirmButton
            size="sm"
            confirmText={t('owners.confirm', 'End it')}
            confirmVariant="destructive"
            disabled={remove.isBusy}
            onConfirm={() => void remove.run()}
          >
            {t('owners.end', 'End')}
          </ConfirmButton>
        )}
        {remove.error && <ProblemNotice error={remove.error} />}
      </td>
    </tr>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    frame: css({ overflowX: 'auto', marginBottom: theme.spacing(1.5) }),
    actions: css({ width: 150 }),
  };
}
