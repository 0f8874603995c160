import { css, cx } from '@emotion/css';
import { dateTimeFormat, getTimeZone, type GrafanaTheme2 } from '@grafana/data';
import { Badge, Button, TextLink, useStyles2 } from '@grafana/ui';
import type { ClusterRule } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../api/server-client';
import { toServerError } from '../../api/server-error';
import { useMay } from '../../api/use-role';
import { clusterHref } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { countOf } from '../../ui/number-format';
import { namedClusters, reachText, ruleKindWord, ruleText, shownClusterCount } from './rule-words';

interface RuleTableProps {
  readonly rules: readonly ClusterRule[];
  readonly texts: ReadonlyMap<string, string>;
  readonly onUndone: () => void;
}

export function RuleTable({ rules, texts, onUndone }: RuleTableProps) {
  const styles = useStyles2(getStyles);
  return (
    <table className={styles.table} aria-label={t('rules.table.label', 'Rules')}>
      <thead>
        <tr>
          <th scope="col">{t('rules.table.kind', 'Kind')}</th>
          <th scope="col">{t('rules.table.rule', 'Rule')}</th>
          <th scope="col">{t('rules.table.made', 'Made')}</th>
          <th scope="col">
            <span className="sr-only">{t('rules.table.actions', 'Actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} texts={texts} onUndone={onUndone} />
        ))}
      </tbody>
    </table>
  );
}

function RuleRow({ rule, texts, onUndone }: Omit<RuleTableProps, 'rules'> & { rule: ClusterRule }) {
  const styles = useStyles2(getStyles);
  const [shown, ...others] = namedClusters(rule.rule);
  const named = others.slice(0, shownClusterCount - 1);
  return (
    <tr className={cx(rule.undone !== null && styles.undone)} data-testid={testIds.rules.row}>
      <td>{ruleKindWord(rule.rule.kind)}</td>
      <td>
        <div>
          {ruleText(rule.rule)} {reachText(rule.rule)}{' '}
          {rule.isIdle && (
            <Badge
              color="orange"
              text={t('rules.table.idle', 'idle')}
              tooltip={t('rules.table.idleHint', 'What it masks is variable by itself by now: it can be undone')}
            />
          )}
        </div>
        {shown !== undefined && <ClusterLink id={shown} texts={texts} />}
        {named.map((id) => (
          <div key={id} className={styles.part}>
            {t('rules.table.with', 'with')} <ClusterLink id={id} texts={texts} />
          </div>
        ))}
        {others.length > named.length && (
          <div className={styles.part}>
            {t('rules.table.more', 'and {{clusters}} more', {
              clusters: countOf(others.length - named.length, 'cluster'),
            })}
          </div>
        )}
      </td>
      <td className={styles.made}>
        <Signature at={rule.createdAt} by={rule.createdBy} />
        {rule.undone && (
          <div>
            {t('rules.table.undone', 'undone')} <Signature at={rule.undone.at} by={rule.undone.by} />
          </div>
        )}
      </td>
      <td className={styles.actions}>{rule.undone === null && <UndoButton rule={rule} onUndone={onUndone} />}</td>
    </tr>
  );
}

function Signature({ at, by }: { at: string; by: string }) {
  return (
    <>
      <time dateTime={at}>{dateTimeFormat(at, { timeZone: getTimeZone(), format: 'YYYY-MM-DD HH:mm' })}</time>{' '}
      {t('rules.table.by', 'by')} {by}
    </>
  );
}

function ClusterLink({ id, texts }: { id: string; texts: ReadonlyMap<string, string> }) {
  const styles = useStyles2(getStyles);
  return (
    <TextLink href={clusterHref(id, '')} inline={false} className={styles.cluster}>
      {texts.get(id) ?? t('rules.table.cluster', 'Cluster {{id}}', { id: id.slice(0, 8) })}
    </TextLink>
  );
}

function UndoButton({ rule, onUndone }: { rule: ClusterRule; onUndone: () => void }) {
  const styles = useStyles2(getStyles);
  const isEditor = useMay('editor');
  const [isUndoing, setIsUndoing] = useState(false);
  const [problem, setProblem] = useState('');
  async function undo() {
    setIsUndoing(true);
    setProblem('');
    try {
      await serverClient().undoClusterRule({ id: rule.id });
      onUndone();
    } catch (error) {
      setProblem(toServerError(error).detail);
    }
    setIsUndoing(false);
  }
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        icon="history-alt"
        disabled={isUndoing || isEditor !== true}
        tooltip={isEditor === false ? t('workList.buttons.editorsOnly', 'Needs the role Editor') : undefined}
        onClick={() => void undo()}
      >
        {t('rules.table.undo', 'Undo')}
      </Button>
      {problem !== '' && (
        <div role="alert" className={styles.problem}>
          {problem}
        </div>
      )}
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    table: css({
      width: '100%',
      '& th': {
        padding: theme.spacing(0.75, 1),
        textAlign: 'left',
        color: theme.colors.text.secondary,
        fontWeight: theme.typography.fontWeightMedium,
        background: theme.colors.background.secondary,
      },
      '& td': {
        padding: theme.spacing(1),
        verticalAlign: 'top',
        borderBottom: `1px solid ${theme.colors.border.weak}`,
      },
    }),
    undone: css({ opacity: 0.7 }),
    part: css({
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(0.5),
      paddingLeft: theme.spacing(2),
      color: theme.colors.text.secondary,
    }),
    cluster: css({ fontFamily: theme.typography.fontFamilyMonospace, overflowWrap: 'anywhere' }),
    made: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, width: 220 }),
    actions: css({ width: 120, textAlign: 'right' }),
    problem: css({ color: theme.colors.error.text, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
