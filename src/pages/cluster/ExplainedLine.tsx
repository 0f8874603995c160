import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { ClusterLine } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { variableColors } from '../../ui/variable-style';
import { explainText, type ExplainedText } from './line-text';

interface ExplainedLineProps {
  readonly line: ClusterLine;
  /** UTF-16 units of the text that are shown. */
  readonly endOffset: number;
  readonly isExplained: boolean;
}

/** The text of a line; when explained, what was masked is coloured by its type and what takes no part in grouping is dimmed. */
export function ExplainedLine({ line, endOffset, isExplained }: ExplainedLineProps) {
  if (!isExplained) {
    return <>{line.text.slice(0, endOffset)}</>;
  }
  return (
    <>
      {explainText(line.text, line.spans, endOffset).map((piece, index) => (
        <Piece key={index} piece={piece} />
      ))}
    </>
  );
}

function withType(words: string, type: string): string {
  return type === '' ? words : `${words}: ${type}`;
}

function Piece({ piece }: { piece: ExplainedText }) {
  const styles = useStyles2(getStyles);
  const colors = variableColors(piece.type, useTheme2());
  if (piece.kind === 'kept') {
    return <>{piece.text}</>;
  }
  if (piece.kind === 'peeled') {
    return (
      <span
        className={styles.peeled}
        title={withType(t('cluster.line.peeled', 'Takes no part in grouping'), piece.type)}
      >
        {piece.text}
      </span>
    );
  }
  return (
    <span
      className={styles.masked}
      style={{ color: colors.text, background: colors.background }}
      title={withType(t('cluster.line.masked', 'Masked'), piece.type)}
      data-testid={testIds.cluster.span}
    >
      {piece.text}
    </span>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    masked: css({ borderRadius: theme.shape.radius.default, boxDecorationBreak: 'clone' }),
    peeled: css({ color: theme.colors.text.secondary }),
  };
}
