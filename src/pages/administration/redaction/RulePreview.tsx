import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { PreviewRedactionRuleResponse } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';
import { exactCount } from '../../../ui/number-format';

/** Real lines with what the rule would take out struck through, and what would be kept of them. */
export function RulePreview({ preview }: { preview: PreviewRedactionRuleResponse }) {
  const styles = useStyles2(getStyles);
  const { lineCount, matchedLineCount, examples } = preview;
  return (
    <div className={styles.preview} data-testid={testIds.administration.rulePreview}>
      <p role="status">
        {t('administration.redaction.preview', 'It takes something out of {{matched}} of {{all}} lines.', {
          matched: exactCount(matchedLineCount),
          all: exactCount(lineCount),
        })}
      </p>
      <ol className={styles.lines}>
        {examples.map(({ text, redacted, ranges }, index) => (
          <li key={index}>
            <div>{markRanges(text, ranges)}</div>
            <div className={styles.kept}>{redacted}</div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function markRanges(text: string, ranges: PreviewRedactionRuleResponse['examples'][number]['ranges']) {
  let end = 0;
  const parts = ranges.flatMap((range) => {
    const before = text.slice(end, range.start);
    end = range.end;
    return [before, <del key={range.start}>{text.slice(range.start, range.end)}</del>];
  });
  return [...parts, text.slice(end)];
}

function getStyles(theme: GrafanaTheme2) {
  return {
    preview: css({ marginTop: theme.spacing(2) }),
    lines: css({
      listStyle: 'none',
      maxHeight: 320,
      overflow: 'auto',
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      overflowWrap: 'anywhere',
      '& li': { padding: theme.spacing(0.5, 0), borderTop: `1px solid ${theme.colors.border.weak}` },
      '& del': { color: theme.colors.error.text, background: theme.colors.error.transparent },
    }),
    kept: css({ color: theme.colors.text.secondary }),
  };
}
