import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { GetAnomalyEventResponse } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { FoldedText } from '../../ui/FoldedText';
import { Section } from '../../ui/Section';

interface EventLinesProps {
  readonly lines: GetAnomalyEventResponse['lines'];
  readonly timeZone: string;
}

/** Sample lines, secrets and personal data removed. */
export function EventLines({ lines, timeZone }: EventLinesProps) {
  const styles = useStyles2(getStyles);
  if (lines.length === 0) {
    return null;
  }
  return (
    <Section title={t('anomalies.lines.title', 'Sample lines, secrets removed')} isFlush>
      <ol className={styles.lines}>
        {lines.map((line, index) => (
          <li key={index} className={styles.line}>
            <time dateTime={line.at} className={styles.time}>
              {dateTimeFormat(line.at, { timeZone, format: 'MM-DD HH:mm:ss' })}
            </time>
            <div className={styles.text}>
              <FoldedText text={line.text} render={(endOffset) => line.text.slice(0, endOffset)} />
            </div>
            <CopyButton label={t('anomalies.lines.copy', 'Copy line')} text={line.text} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    lines: css({ listStyle: 'none' }),
    line: css({
      display: 'flex',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 1.5),
      borderTop: `1px solid ${theme.colors.border.weak}`,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      lineHeight: 1.6,
    }),
    time: css({ flex: 'none', color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
    text: css({ flex: 1, minWidth: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', tabSize: 4 }),
  };
}
