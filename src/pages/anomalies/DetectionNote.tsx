import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2, type IconName } from '@grafana/data';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import type { DetectionStatus } from '@loghunter/contracts';
import React from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { exactCount } from '../../ui/number-format';

interface DetectionNoteProps {
  readonly detection: DetectionStatus;
  readonly timeZone: string;
}

const icons: Readonly<Record<DetectionStatus['state'], IconName>> = {
  off: 'pause',
  waiting: 'hourglass',
  learning: 'book-open',
  watching: 'eye',
  'no-data': 'exclamation-triangle',
  failing: 'exclamation-circle',
};

/** Whether the detectors look at all: an empty list means nothing when they do not. */
export function DetectionNote({ detection, timeZone }: DetectionNoteProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { state, detail, detectedUpTo, learnedFrom } = detection;
  const isBad = state === 'failing' || state === 'no-data';
  return (
    <div
      className={styles.note}
      style={isBad ? { color: theme.colors.warning.text } : {}}
      data-testid={incidentTestIds.anomalies.detection}
    >
      <Icon name={icons[state]} />
      <span>
        {stateWords(detection)} {detail}
      </span>
      {learnedFrom !== null && (
        <span>
          {t('anomalies.detection.learned', 'What is usual was learned from {{time}} on.', {
            time: dateTimeFormat(learnedFrom, { timeZone, format: 'YYYY-MM-DD HH:mm' }),
          })}
        </span>
      )}
      {detectedUpTo !== null && (
        <span className={styles.upTo}>
          {t('anomalies.detection.up-to', 'judged up to {{time}}', {
            time: dateTimeFormat(detectedUpTo, { timeZone, format: 'YYYY-MM-DD HH:mm' }),
          })}
        </span>
      )}
    </div>
  );
}

function stateWords({ state, seriesCount }: DetectionStatus): string {
  switch (state) {
    case 'off':
      return t('anomalies.detection.off', 'Detection is switched off: nothing new is found.');
    case 'waiting':
      return t('anomalies.detection.waiting', 'Waiting for the first logs to be read.');
    case 'learning':
      return t('anomalies.detection.learning', 'Learning what is usual from history; nothing is told meanwhile.');
    case 'no-data':
      return t('anomalies.detection.no-data', 'No new data from the log store: silence here is not a good sign.');
    case 'failing':
      return t('anomalies.detection.failing', 'Detection fails.');
    case 'watching':
      return t('anomalies.detection.watching', 'Watching {{series}} series.', { series: exactCount(seriesCount) });
  }
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      minHeight: 22,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
    upTo: css({ marginInlineStart: 'auto', fontVariantNumeric: 'tabular-nums' }),
  };
}
