import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { Alert, Badge, useStyles2 } from '@grafana/ui';
import type { Explanation } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { VerdictMark } from '../../ui/evidence/VerdictMark';
import { percent } from '../../ui/number-format';
import { CitedText } from './CitedText';
import { EvidenceLinks } from './EvidenceLinks';
import { ExplanationCitations } from './ExplanationCitations';
import { ExplanationFeedback } from './ExplanationFeedback';
import { ExplanationMeta } from './ExplanationMeta';
import { explanationMarkdown } from './explanation-markdown';
import { NextChecks } from './NextChecks';

interface ExplanationTextProps {
  readonly explanation: Explanation;
  readonly model: SceneObject;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

/** The words, each claim with what it stands on, and who wrote them. */
export function ExplanationText({ explanation, model, timeZone, onChanged }: ExplanationTextProps) {
  const styles = useStyles2(getStyles);
  const { origin, failure, verdict, confidence, rootCause, summary, suggestedAction, droppedClaimCount } = explanation;
  return (
    <div className={styles.text}>
      <div className={styles.top}>
        {origin === 'model' ? (
          <Badge color="purple" icon="ai-sparkle" text={t('explanation.by-model', 'AI-generated')} />
        ) : (
          <Badge color="blue" text={t('explanation.by-rules', 'fixed sentences, no model')} />
        )}
        <VerdictMark verdict={verdict} />
        <span className={styles.secondary}>
          {t('explanation.confidence', 'confidence {{confidence}}', { confidence: percent(confidence) })}
        </span>
        <span className={styles.copy}>
          <CopyButton
            label={t('explanation.copy', 'Copy as Markdown')}
            hasWords
            text={() => explanationMarkdown(explanation)}
          />
        </span>
      </div>
      {failure !== null && (
        <Alert severity="info" title={t('explanation.failed', 'No model explained it')}>
          {failure} {t('explanation.failed-rest', 'What follows needs none.')}
        </Alert>
      )}
      {rootCause !== null && (
        <p className={styles.cause}>
          <CitedText text={rootCause} />
        </p>
      )}
      <p className={styles.summary}>
        <CitedText text={summary} />
      </p>
      {suggestedAction !== null && (
        <p className={styles.summary}>
          <strong>{t('explanation.action', 'Suggested: ')}</strong>
          <CitedText text={suggestedAction} />
        </p>
      )}
      <Hypotheses explanation={explanation} />
      <Unknowns unknowns={explanation.unknowns} />
      <NextChecks checks={explanation.nextChecks} model={model} />
      {droppedClaimCount > 0 && (
        <p className={styles.secondary}>
          {t(
            'explanation.dropped',
            '{{count, number}} claims of the model are not shown: without evidence, or quoting what no line says.',
            {
              count: droppedClaimCount,
              defaultValue_one:
                '{{count, number}} claim of the model is not shown: without evidence, or quoting what no line says.',
            }
          )}
        </p>
      )}
      <ExplanationCitations citations={explanation.citations} />
      <ExplanationMeta explanation={explanation} timeZone={timeZone} />
      <ExplanationFeedback explanation={explanation} onChanged={onChanged} />
    </div>
  );
}

function Hypotheses({ explanation }: { explanation: Explanation }) {
  const styles = useStyles2(getStyles);
  if (explanation.hypotheses.length === 0) {
    return null;
  }
  return (
    <ol className={styles.list}>
      {explanation.hypotheses.map(({ service, mechanism, confidence, evidence, against }) => (
        <li key={`${service} ${mechanism}`}>
          <strong>{service}</strong>: {mechanism} <span className={styles.secondary}>({confidence})</span>
          <div className={styles.evidence}>
            <span className={styles.secondary}>{t('explanation.for', 'for')}</span> <EvidenceLinks ids={evidence} />
            {against.length > 0 && (
              <>
                <span className={styles.secondary}>{t('explanation.against', 'against')}</span>{' '}
                <EvidenceLinks ids={against} />
              </>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Unknowns({ unknowns }: { unknowns: readonly string[] }) {
  const styles = useStyles2(getStyles);
  if (unknowns.length === 0) {
    return null;
  }
  return (
    <div>
      <h3 className={styles.heading}>{t('explanation.unknowns', 'Not known')}</h3>
      <ul className={styles.list}>
        {unknowns.map((unknown) => (
          <li key={unknown}>{unknown}</li>
        ))}
      </ul>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    text: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), overflowWrap: 'anywhere' }),
    top: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    copy: css({ marginInlineStart: 'auto' }),
    cause: css({ margin: 0, fontWeight: theme.typography.fontWeightMedium, maxWidth: '80ch' }),
    summary: css({ margin: 0, maxWidth: '80ch', whiteSpace: 'pre-wrap' }),
    secondary: css({ ...small, margin: 0, color: theme.colors.text.secondary }),
    heading: css({ ...theme.typography.bodySmall, margin: 0, fontWeight: theme.typography.fontWeightMedium }),
    list: css({
      ...small,
      margin: 0,
      paddingInlineStart: theme.spacing(2.5),
      '& li + li': { marginTop: theme.spacing(0.5) },
    }),
    evidence: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0.5, 1) }),
  };
}
