import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { QuotedLine } from '@loghunter/contracts';
import React from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { VerificationMark } from '../../ui/evidence/VerificationMark';
import { FoldedText } from '../../ui/FoldedText';
import { levelColor } from '../../ui/level-style';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { lineElementId } from './evidence-context';
import { PinLine } from './PinLine';
import { useVerification } from './use-verification';

/** Lines as they were read, each looked up again in the log store. */
export function QuotedLines({ lines, timeZone }: { lines: readonly QuotedLine[]; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { answer, error, isLoading, reload } = useVerification(lines);
  return (
    <>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      <ol className={styles.lines}>
        {lines.map((line) => (
          <li
            key={line.id}
            id={lineElementId(line.id)}
            tabIndex={-1}
            className={styles.line}
            style={{ borderLeftColor: levelColor(line.level, theme) }}
            data-testid={incidentTestIds.rootCause.quote}
          >
            <div className={styles.meta}>
              <span className={styles.id}>{line.id}</span>
              <time dateTime={line.at}>{dateTimeFormat(line.at, { timeZone, format: 'MM-DD HH:mm:ss.SSS' })}</time>
              <span>{line.service}</span>
              <span>
                {line.window === 'incident'
                  ? t('rootCause.quote.incident', 'in the incident')
                  : t('rootCause.quote.baseline', 'before it')}
              </span>
              <span className={styles.mark}>
                <VerificationMark verification={answer?.get(line.hash)} isLoading={isLoading} />
                <PinLine line={line} />
                <CopyButton label={t('rootCause.quote.copy', 'Copy line')} text={line.text} />
              </span>
            </div>
            <div className={styles.text}>
              <FoldedText text={line.text} render={(endOffset) => line.text.slice(0, endOffset)} />
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    lines: css({
      listStyle: 'none',
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
    }),
    line: css({
      padding: theme.spacing(0.5, 1),
      borderLeft: '3px solid',
      '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
      '&:focus': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    meta: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 1.5),
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    }),
    id: css({ fontFamily: theme.typography.fontFamilyMonospace }),
    mark: css({ marginInlineStart: 'auto', display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1) }),
    text: css({
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      lineHeight: 1.6,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      tabSize: 4,
    }),
  };
}
