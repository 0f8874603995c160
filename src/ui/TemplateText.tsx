import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { TemplatePart } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../test-ids';
import { t } from '../translations';
import { variableColors } from './variable-style';

interface TemplateTextProps {
  readonly parts: readonly TemplatePart[];
  /** Cut with an ellipsis after so many rows, line breaks dropped; absent: whole. */
  readonly lineCount?: number;
}

/** A template: constant text as it is, each variable place as a chip that names its type. */
export function TemplateText({ parts, lineCount }: TemplateTextProps) {
  const styles = useStyles2(getStyles);
  return (
    <span
      className={cx(styles.template, lineCount !== undefined && styles.compact)}
      style={lineCount === undefined ? undefined : { WebkitLineClamp: lineCount }}
      data-testid={testIds.clusters.template}
    >
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          <React.Fragment key={index}>{part.text}</React.Fragment>
        ) : (
          <VariableChip key={index} type={part.type} />
        )
      )}
    </span>
  );
}

export function VariableChip({ type }: { type: string }) {
  const styles = useStyles2(getStyles);
  const colors = variableColors(type, useTheme2());
  const word = type === '' ? 'any' : type;
  return (
    <span
      className={styles.chip}
      style={{ color: colors.text, background: colors.background, borderColor: colors.border }}
      title={`${t('app.template.place', 'Variable place')}: ${word}`}
    >
      {word}
    </span>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    template: css({
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      lineHeight: 1.6,
      whiteSpace: 'pre-wrap',
      tabSize: 4,
      overflowWrap: 'anywhere',
    }),
    compact: css({
      whiteSpace: 'normal',
      display: '-webkit-box',
      lineHeight: 1.5,
      WebkitBoxOrient: 'vertical',
      overflow: 'hidden',
    }),
    chip: css({
      border: '1px solid',
      borderRadius: theme.shape.radius.default,
      padding: theme.spacing(0, 0.5),
      fontSize: '0.92em',
      whiteSpace: 'nowrap',
    }),
  };
}
