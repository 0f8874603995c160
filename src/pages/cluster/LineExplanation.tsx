import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, TextLink, useStyles2 } from '@grafana/ui';
import type { Cluster, ExplainEventResponse } from '@loghunter/contracts';
import React from 'react';
import { clusterRulesPath } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { VariableChip } from '../../ui/TemplateText';
import { TraceFrames } from './TraceFrames';
import { useExplanation } from './use-explanation';

interface LineExplanationProps {
  readonly text: string;
  readonly cluster: Cluster;
}

/** Why a line is here: what it is told by, and which rules led it on. */
export function LineExplanation({ text, cluster }: LineExplanationProps) {
  const styles = useStyles2(getStyles);
  const { answer, error } = useExplanation(text, cluster);
  return (
    <section
      className={styles.explanation}
      aria-label={t('cluster.why.title', 'Why here')}
      data-testid={testIds.cluster.explanation}
    >
      <h4>{t('cluster.why.title', 'Why here')}</h4>
      {error && <ProblemNotice error={error} />}
      {!answer && !error && <LoadingPlaceholder text={t('cluster.why.loading', 'Looking at the line …')} />}
      {answer && <Reasons answer={answer} />}
    </section>
  );
}

function Reasons({ answer }: { answer: ExplainEventResponse }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {answer.trace ? <TraceFrames trace={answer.trace} /> : <Words answer={answer} />}
      <ol className={styles.steps}>
        {answer.steps.map((step, index) => (
          <li key={index}>
            {stepText(step.by)} <code>{step.templateText}</code>
            {step.ruleIds.length > 0 && (
              <>
                {' '}
                <TextLink href={clusterRulesPath}>{t('cluster.why.rules', 'See the rules')}</TextLink>
              </>
            )}
          </li>
        ))}
      </ol>
      {answer.isRedacted && (
        <p className={styles.note}>
          {t('cluster.why.redacted', 'Private text was taken out before: it never decides.')}
        </p>
      )}
    </>
  );
}

function Words({ answer }: { answer: ExplainEventResponse }) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={styles.words}>
      <dt>{t('cluster.why.kept', 'Kept')}</dt>
      <dd>{answer.kept.map(({ text }) => text).join(' ')}</dd>
      {answer.masked.length > 0 && (
        <>
          <dt>{t('cluster.why.masked', 'Masked')}</dt>
          <dd>
            {answer.masked.map(({ text, type }, index) => (
              <span key={index} className={styles.masked}>
                <VariableChip type={type} /> {text}
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

function stepText(by: ExplainEventResponse['steps'][number]['by']): string {
  switch (by) {
    case 'event':
      return t('cluster.why.event', 'By itself the line belongs to');
    case 'learned':
      return t('cluster.why.learned', 'Words that were learned to vary lead it to');
    case 'user':
      return t('cluster.why.user', 'Rules of people lead it to');
  }
}

function getStyles(theme: GrafanaTheme2) {
  return {
    explanation: css({
      flex: '1 1 100%',
      fontSize: theme.typography.bodySmall.fontSize,
      '& h4': { ...theme.typography.bodySmall, margin: theme.spacing(0.5, 0), color: theme.colors.text.secondary },
      '& code': { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
    }),
    steps: css({ paddingLeft: theme.spacing(2), margin: theme.spacing(1, 0, 0) }),
    words: css({
      display: 'grid',
      gridTemplateColumns: 'max-content minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      fontFamily: theme.typography.fontFamilyMonospace,
      '& dt': { fontFamily: theme.typography.fontFamily, color: theme.colors.text.secondary },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    }),
    masked: css({ display: 'inline-block', marginInlineEnd: theme.spacing(1.5) }),
    note: css({ margin: theme.spacing(0.5, 0, 0), color: theme.colors.text.secondary }),
  };
}
