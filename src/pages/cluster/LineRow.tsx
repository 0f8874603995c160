import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import type { ClusterLine } from '@loghunter/contracts';
import React, { useId, useState } from 'react';
import { testIds } from '../../test-ids';
import { CopyButton } from '../../ui/CopyButton';
import { FoldedText } from '../../ui/FoldedText';
import { levelColor } from '../../ui/level-style';
import { nanosecondsToMs } from '../../ui/nanoseconds';
import { ExplainedLine } from './ExplainedLine';

interface LineRowProps {
  readonly line: ClusterLine;
  readonly isWrapped: boolean;
  readonly isExplained: boolean;
  readonly timeZone: string;
}

export function LineRow({ line, isWrapped, isExplained, timeZone }: LineRowProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const [isOpen, setIsOpen] = useState(false);
  const detailsId = useId();
  const timestampMs = nanosecondsToMs(line.timestampNs);
  return (
    <li
      className={styles.row}
      style={{ borderLeftColor: levelColor(line.level, theme) }}
      data-testid={testIds.cluster.line}
    >
      <div className={styles.line}>
        <IconButton
          name={isOpen ? 'angle-down' : 'angle-right'}
          aria-label={isOpen ? 'Hide labels' : 'Show labels'}
          aria-expanded={isOpen}
          aria-controls={detailsId}
          size="sm"
          onClick={() => setIsOpen(!isOpen)}
        />
        <time
          className={styles.time}
          dateTime={new Date(timestampMs).toISOString()}
          title={`${dateTimeFormat(timestampMs, { timeZone, format: 'YYYY-MM-DD HH:mm:ss.SSS' })} (${line.timestampNs} ns)`}
        >
          {dateTimeFormat(timestampMs, { timeZone, format: 'MM-DD HH:mm:ss.SSS' })}
        </time>
        <div className={cx(styles.text, isWrapped ? styles.wrapped : styles.unwrapped)}>
          <FoldedText
            text={line.text}
            render={(endOffset) => <ExplainedLine line={line} endOffset={endOffset} isExplained={isExplained} />}
          />
        </div>
        <div className={styles.copy}>
          <CopyButton label="Copy line" text={line.text} />
        </div>
      </div>
      <div id={detailsId} hidden={!isOpen}>
        {isOpen && <LineLabels line={line} />}
      </div>
    </li>
  );
}

function LineLabels({ line }: { line: ClusterLine }) {
  const styles = useStyles2(getStyles);
  const groups = [
    { title: 'Labels', fields: Object.entries(line.labels) },
    { title: 'Structured metadata', fields: Object.entries(line.metadata) },
  ].filter((group) => group.fields.length > 0);
  return (
    <div className={styles.details}>
      {groups.map((group) => (
        <table key={group.title} className={styles.fields}>
          <caption>{group.title}</caption>
          <tbody>
            {group.fields.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const mono = { fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize };
  return {
    row: css({
      borderLeft: '3px solid',
      '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
      '&:hover': { background: theme.colors.action.hover },
    }),
    line: css({
      ...mono,
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 1),
      tabSize: 4,
      lineHeight: 1.6,
    }),
    time: css({ flex: 'none', color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
    text: css({ flex: 1, minWidth: 0 }),
    wrapped: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
    unwrapped: css({ whiteSpace: 'pre' }),
    copy: css({ flex: 'none', position: 'sticky', right: theme.spacing(1) }),
    details: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 4), padding: theme.spacing(0.5, 4, 1.5) }),
    fields: css({
      ...mono,
      '& caption': {
        captionSide: 'top',
        fontFamily: theme.typography.fontFamily,
        color: theme.colors.text.secondary,
        padding: theme.spacing(0.5, 0),
      },
      '& th': {
        fontWeight: theme.typography.fontWeightRegular,
        color: theme.colors.text.secondary,
        paddingRight: theme.spacing(2),
        textAlign: 'left',
      },
      '& td': { overflowWrap: 'anywhere' },
    }),
  };
}
