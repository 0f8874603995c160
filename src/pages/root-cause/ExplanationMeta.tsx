import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Explanation } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { durationText } from '../../ui/duration';
import { Moment } from '../../ui/Moment';
import { exactCount } from '../../ui/number-format';
import { useNowMs } from '../../ui/use-now';
import { costText } from './model-words';

/** Who wrote it, how long it took, what it cost, and how old it is. */
export function ExplanationMeta({ explanation, timeZone }: { explanation: Explanation; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const { provider, model, inputTokens, outputTokens, costUsd, durationMs, createdAt, createdBy, isRepaired } =
    explanation;
  return (
    <p className={styles.meta}>
      {provider !== null && (
        <span>
          {provider}
          {model !== null && ` ${model}`}
        </span>
      )}
      {inputTokens !== null && (
        <span>
          {t('explanation.tokens', '{{input}} tokens in, {{output}} out', {
            input: exactCount(inputTokens),
            output: exactCount(outputTokens ?? 0),
          })}
        </span>
      )}
      {provider !== null && <span>{costText(costUsd)}</span>}
      {durationMs !== null && (
        <span>{t('explanation.took', 'took {{duration}}', { duration: durationText(durationMs) })}</span>
      )}
      {isRepaired && <span>{t('explanation.repaired', 'second try: the first broke the rules')}</span>}
      <span>
        <Moment at={createdAt} timeZone={timeZone} nowMs={nowMs} />{' '}
        {t('explanation.asked-by', 'asked by {{name}}', { name: createdBy })}
      </span>
    </p>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    meta: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      margin: 0,
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
