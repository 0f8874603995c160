import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import type { NewClusterRule, PreviewClusterRuleResponse, TimeRangeQuery } from '@loghunter/contracts';
import React, { useEffect, useState } from 'react';
import { createLatestRequest, notRequested, type RequestState } from '../../../api/latest-request';
import { serverClient } from '../../../api/server-client';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { countOf } from '../../../ui/number-format';
import { PlacesText } from '../../../ui/PlacesText';
import { ProblemNotice } from '../../../ui/ProblemNotice';

interface RulePreviewProps {
  readonly rule: NewClusterRule;
  readonly range: Required<TimeRangeQuery>;
}

/** What a rule would do to stored clusters and to the newest real lines; nothing is kept. */
export function RulePreview({ rule, range }: RulePreviewProps) {
  const styles = useStyles2(getStyles);
  const { answer, error, isLoading } = usePreview(rule, range);
  return (
    <section className={styles.preview} aria-live="polite" aria-busy={isLoading} data-testid={testIds.rules.preview}>
      <h3>{t('cluster.preview.title', 'What it would do')}</h3>
      {error && <ProblemNotice error={error} />}
      {answer === undefined && isLoading && (
        <LoadingPlaceholder text={t('cluster.preview.loading', 'Trying it on real lines …')} />
      )}
      {answer && !error && <PreviewFindings rule={rule} answer={answer} />}
    </section>
  );
}

function usePreview(rule: NewClusterRule, range: RulePreviewProps['range']): RequestState<PreviewClusterRuleResponse> {
  const [state, setState] = useState<RequestState<PreviewClusterRuleResponse>>(notRequested);
  const [latest] = useState(() =>
    createLatestRequest<PreviewClusterRuleResponse>((change) => setState((before) => ({ ...before, ...change })))
  );
  // A rule is a small object made anew by its form: equal ones are not asked for twice.
  const asked = JSON.stringify({ rule, from: range.from, to: range.to });
  useEffect(() => {
    void latest.run((signal) => serverClient().previewClusterRule(JSON.parse(asked), signal));
    return () => latest.cancel();
  }, [asked, latest]);
  return state;
}

function PreviewFindings({ rule, answer }: { rule: NewClusterRule; answer: PreviewClusterRuleResponse }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      <p className={styles.summary}>{summaryOf(rule, answer)}</p>
      <ClusterCounts
        label={t('cluster.preview.clusters', 'Clusters that become part of another one')}
        clusters={answer.changedClusters}
      />
      {rule.kind === 'split' && (
        <ClusterCounts
          label={t('cluster.preview.parts', 'Clusters that the lines would go to')}
          clusters={answer.places}
        />
      )}
      {answer.examples.length > 0 && (
        <>
          <h4>{t('cluster.preview.examples', 'Lines that would move')}</h4>
          <ul className={styles.list}>
            {answer.examples.map(({ text, after }, index) => (
              <li key={index}>
                <code>{text}</code>
                <div className={styles.count}>
                  {t('cluster.preview.to', 'to:')} <PlacesText text={after.templateText} />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface ClusterCountsProps {
  readonly label: string;
  readonly clusters: ReadonlyArray<{
    readonly clusterId: string;
    readonly templateText: string;
    readonly eventCount: number;
  }>;
}

function ClusterCounts({ label, clusters }: ClusterCountsProps) {
  const styles = useStyles2(getStyles);
  if (clusters.length === 0) {
    return null;
  }
  return (
    <>
      <h4>{label}</h4>
      <ul className={styles.list} aria-label={label}>
        {clusters.map(({ clusterId, templateText, eventCount }) => (
          <li key={clusterId}>
            <PlacesText text={templateText} /> <span className={styles.count}>{countOf(eventCount, 'event')}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function summaryOf(rule: NewClusterRule, answer: PreviewClusterRuleResponse): string {
  if (rule.kind !== 'split' && answer.changedClusterCount === 0 && answer.readEventCount === 0) {
    return t(
      'cluster.preview.nothing',
      'No cluster that is known would change. Lines that come from now on follow the rule.'
    );
  }
  const tried = t('cluster.preview.tried', 'Of the newest {{read}} here, {{moved}} would move.', {
    read: countOf(answer.readEventCount, 'event'),
    moved: answer.movedEventCount,
  });
  if (rule.kind === 'split') {
    const parts = t('cluster.preview.split', 'They would go to {{clusters}}.', {
      clusters: countOf(answer.placeCount, 'cluster'),
    });
    return `${tried} ${parts}`;
  }
  const stored = t(
    'cluster.preview.stored',
    '{{clusters}} with {{events}} in this time range would become part of another one.',
    { clusters: countOf(answer.changedClusterCount, 'cluster'), events: countOf(answer.eventCount, 'event') }
  );
  return `${stored} ${tried}`;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    preview: css({
      padding: theme.spacing(1.5),
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
      '& h3': { ...theme.typography.h6, margin: theme.spacing(0, 0, 1) },
      '& h4': { ...theme.typography.bodySmall, margin: theme.spacing(1.5, 0, 0.5), color: theme.colors.text.secondary },
      '& code': { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', background: 'none', padding: 0, border: 0 },
    }),
    summary: css({ margin: 0 }),
    list: css({
      listStyle: 'none',
      maxHeight: 220,
      overflowY: 'auto',
      '& > li': { padding: theme.spacing(0.5, 0), borderTop: `1px solid ${theme.colors.border.weak}` },
    }),
    count: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
