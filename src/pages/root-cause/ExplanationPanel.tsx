// What a language model makes of the evidence: only on request, with what would be sent shown before, and every claim with its proof.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { Button, useStyles2 } from '@grafana/ui';
import type { Analysis, Explanation, ListModelProvidersResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { ExplanationPreview } from './ExplanationPreview';
import { ExplanationText } from './ExplanationText';
import { ExplanationUnderWay } from './ExplanationUnderWay';
import { whyNoModel } from './model-words';

interface Known {
  readonly models: ListModelProvidersResponse;
  readonly explanation: Explanation | undefined;
}

interface ExplanationPanelProps {
  readonly analysis: Analysis;
  readonly model: SceneObject;
  readonly timeZone: string;
}

export function ExplanationPanel({ analysis, model, timeZone }: ExplanationPanelProps) {
  const styles = useStyles2(getStyles);
  const { answer, error, reload } = useRequest<Known>(analysis.id, (signal) => load(analysis.id, signal));
  return (
    <Section title={t('explanation.title', 'In words')} testId={incidentTestIds.rootCause.explanation}>
      {error && (
        <ProblemNotice
          error={error}
          onRetry={reload}
          addition={t('explanation.evidence-stands', 'The evidence stands without it.')}
        />
      )}
      {answer === undefined && !error && (
        <p className={styles.note} role="status">
          {t('explanation.loading', 'Asking whether a model is set up …')}
        </p>
      )}
      {answer && <Explained known={answer} analysis={analysis} model={model} timeZone={timeZone} onChanged={reload} />}
    </Section>
  );
}

async function load(analysisId: string, signal: AbortSignal): Promise<Known> {
  const client = serverClient();
  const [models, { explanations }] = await Promise.all([
    client.listModelProviders({}, signal),
    client.listExplanations({ analysisId, limit: 1 }, signal),
  ]);
  return { models, explanation: explanations[0] };
}

interface ExplainedProps extends ExplanationPanelProps {
  readonly known: Known;
  readonly onChanged: () => void;
}

function Explained({ known, analysis, model, timeZone, onChanged }: ExplainedProps) {
  const { explanation, models } = known;
  const isPending = explanation?.status === 'pending';
  return (
    <>
      {isPending && <ExplanationUnderWay explanation={explanation} onEnded={onChanged} />}
      {explanation && !isPending && (
        <ExplanationText explanation={explanation} model={model} timeZone={timeZone} onChanged={onChanged} />
      )}
      {!isPending && (
        <ExplanationStart analysis={analysis} models={models} explanation={explanation} onChanged={onChanged} />
      )}
    </>
  );
}

interface ExplanationStartProps {
  readonly analysis: Analysis;
  readonly models: ListModelProvidersResponse;
  readonly explanation: Explanation | undefined;
  readonly onChanged: () => void;
}

function ExplanationStart({ analysis, models, explanation, onChanged }: ExplanationStartProps) {
  const styles = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  const [isPreviewing, setIsPreviewing] = useState(false);
  const start = useAction(async () => {
    await serverClient().startExplanation({ analysisId: analysis.id, isFresh: explanation !== undefined });
    setIsPreviewing(false);
    onChanged();
  });
  const obstacle = whyNoModel(models);
  if (obstacle !== undefined) {
    return <p className={styles.note}>{obstacle}</p>;
  }
  const chosen = models.providers.find(({ isChosen }) => isChosen);
  const isRepeat = explanation !== undefined;
  return (
    <>
      {!isRepeat && (
        <p className={styles.note}>
          {chosen?.leavesInstallation === true
            ? t(
                'explanation.offer-outside',
                '{{provider}} can put the evidence into words. It is sent to {{destination}}, with secrets removed.',
                {
                  provider: chosen.title,
                  destination: chosen.destination ?? '',
                }
              )
            : t(
                'explanation.offer-inside',
                '{{provider}} can put the evidence into words. Nothing leaves the installation.',
                {
                  provider: chosen?.title ?? '',
                }
              )}
        </p>
      )}
      <div className={styles.buttons}>
        <Button
          size="sm"
          variant={isRepeat ? 'secondary' : 'primary'}
          icon={isRepeat ? 'sync' : 'ai-sparkle'}
          disabled={mayEdit !== true || start.isBusy}
          tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
          onClick={() => void start.run()}
        >
          {isRepeat ? t('explanation.again', 'Explain again') : t('explanation.start', 'Explain')}
        </Button>
        <Button size="sm" variant="secondary" icon="eye" onClick={() => setIsPreviewing(true)}>
          {t('explanation.preview', 'What would be sent')}
        </Button>
      </div>
      {start.error && <ProblemNotice error={start.error} />}
      {isPreviewing && <ExplanationPreview analysisId={analysis.id} onClose={() => setIsPreviewing(false)} />}
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({
      margin: 0,
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      maxWidth: '80ch',
    }),
    buttons: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginTop: theme.spacing(1) }),
  };
}
