import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { type SceneComponentProps } from '@grafana/scenes';
import { FilterPill, LoadingBar, LoadingPlaceholder, Pagination, useStyles2 } from '@grafana/ui';
import type { ListClusterRulesResponse } from '@loghunter/contracts';
import React from 'react';
import { useLive } from '../../api/live';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { LabelledSwitch } from '../../ui/LabelledSwitch';
import { countOf } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { NoRules } from './NoRules';
import { OwnerRules } from './OwnerRules';
import { RuleTable } from './RuleTable';
import { ruleKinds, rulePageSize, type RuleSettings } from './rule-settings';
import { ruleKindWord } from './rule-words';
import type { ClusterRulesModel } from './rules-model';

export function ClusterRulesView({ model }: SceneComponentProps<ClusterRulesModel>) {
  const styles = useStyles2(getStyles);
  const { settings, request } = model.useState();
  const { answer, error, isLoading } = request;
  useLive(({ topic }) => (topic === 'gap' || topic === 'cluster-rule' ? model.load() : undefined));
  return (
    <div className={styles.page} data-testid={testIds.rules.page}>
      <RuleFilters
        settings={settings}
        hasRules={isFiltered(settings) || (answer?.rules.length ?? 0) > 0}
        onChange={(change) => model.changeSettings(change)}
      />
      {answer && answer.totalCount > 0 && (
        <p className={styles.note} aria-live="polite">
          {countOf(answer.totalCount, 'rule')}{' '}
          {t(
            'rules.list.limit',
            '(at most {{count}} may be in force). Undoing one brings back every figure that there would be without it.',
            {
              count: answer.maxRuleCount,
            }
          )}
        </p>
      )}
      {error && <ProblemNotice error={error} onRetry={() => model.load()} />}
      <div className={styles.bar}>{isLoading && answer && <LoadingBar width={400} />}</div>
      {answer === undefined && !error && <LoadingPlaceholder text={t('rules.list.loading', 'Loading rules …')} />}
      {answer && <RuleList model={model} answer={answer} />}
      <OwnerRules />
    </div>
  );
}

function RuleList({ model, answer }: { model: ClusterRulesModel; answer: ListClusterRulesResponse }) {
  const { settings, texts } = model.useState();
  if (answer.rules.length === 0) {
    return <NoRules isFiltered={isFiltered(settings)} onClear={() => model.changeSettings({ kinds: [] })} />;
  }
  return (
    <>
      <RuleTable rules={answer.rules} texts={texts} onUndone={() => model.load()} />
      <Pagination
        currentPage={settings.page}
        numberOfPages={Math.max(1, Math.ceil(answer.totalCount / rulePageSize))}
        hideWhenSinglePage
        onNavigate={(page) => model.changeSettings({ page })}
      />
    </>
  );
}

function isFiltered({ kinds, page }: RuleSettings): boolean {
  return kinds.length > 0 || page > 1;
}

interface RuleFiltersProps {
  readonly settings: RuleSettings;
  /** Kinds of no rules are no choice. */
  readonly hasRules: boolean;
  readonly onChange: (change: Partial<RuleSettings>) => void;
}

function RuleFilters({ settings, hasRules, onChange }: RuleFiltersProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.filters}>
      {hasRules && <span>{t('rules.list.show', 'Show')}</span>}
      {hasRules &&
        ruleKinds.map((kind) => (
          <FilterPill
            key={kind}
            label={ruleKindWord(kind)}
            selected={settings.kinds.includes(kind)}
            onClick={() =>
              onChange({
                kinds: ruleKinds.filter((known) => settings.kinds.includes(known) !== (known === kind)),
              })
            }
          />
        ))}
      <LabelledSwitch
        label={t('rules.list.undone', 'Also undone ones')}
        value={settings.includesUndone}
        onChange={(includesUndone) => onChange({ includesUndone })}
      />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
    filters: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    bar: css({ height: 2, overflow: 'hidden', '& > div': { width: '100%' } }),
  };
}
