import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import type { Cluster, ClusterLine } from '@loghunter/contracts';
import React, { useEffect, useId, useRef, useState } from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { FoldedText } from '../../ui/FoldedText';
import { levelColor } from '../../ui/level-style';
import { nanosecondsToMs } from '../../ui/nanoseconds';
import { rowChosen, rowHover } from '../../ui/row-highlight';
import { ExplainedLine } from './ExplainedLine';
import { lineLink } from './line-link';
import { LineExplanation } from './LineExplanation';

interface LineRowProps {
  readonly line: ClusterLine;
  readonly cluster: Cluster;
  readonly isWrapped: boolean;
  readonly isExplained: boolean;
  /** A link led to this line. */
  readonly isLinked: boolean;
  readonly timeZone: string;
}

export function LineRow({ line, cluster, isWrapped, isExplained, isLinked, timeZone }: LineRowProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const [isOpen, setIsOpen] = useState(isLinked);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isLinked) {
      row.current?.scrollIntoView({ block: 'center' });
    }
  }, [isLinked]);
  const detailsId = useId();
  const timestampMs = nanosecondsToMs(line.timestampNs);
  return (
    <li
      ref={row}
      className={cx(styles.row, isLinked && styles.linked)}
      style={{ borderLeftColor: levelColor(line.level, theme) }}
      data-testid={testIds.cluster.line}
    >
      <div className={styles.line}>
        <IconButton
          name={isOpen ? 'angle-down' : 'angle-right'}
          aria-label={isOpen ? t('cluster.line.hide', 'Hide labels') : t('cluster.line.show', 'Show labels')}
          aria-expanded={isOpen}
          aria-controls={detailsId}
          size="sm"
          onClick={() => setIsOpen(!isOpen)}
        />
        <time
          className={styles.time}
          dateTime={new Date(timestampMs).toISOString()}
          title={t('cluster.line.exact', '{{time}} ({{timestamp}} ns)', {
            time: dateTimeFormat(timestampMs, { timeZone, format: 'YYYY-MM-DD HH:mm:ss.SSS' }),
            timestamp: line.timestampNs,
          })}
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
          <CopyButton
            label={t('cluster.line.copyLink', 'Copy link to this line')}
            icon="link"
            text={() => lineLink(cluster.id, line)}
          />
          <CopyButton label={t('cluster.line.copy', 'Copy line')} text={line.text} />
        </div>
      </div>
      <div id={detailsId} hidden={!isOpen}>
        {isOpen && <LineDetails line={line} cluster={cluster} />}
      </div>
    </li>
  );
}

function LineDetails({ line, cluster }: { line: ClusterLine; cluster: Cluster }) {
  const styles = useStyles2(getStyles);
  const groups = [
    { title: t('cluster.line.labels', 'Labels'), fields: Object.entries(line.labels) },
    { title: t('cluster.line.metadata', 'Structured metadata'), fields: Object.entries(line.metadata) },
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
      <LineExplanation text={line.text} cluster={cluster} />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const mono = { fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize };
  return {
    row: css({
      borderLeft: '3px solid',
      '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
      '&:hover': rowHover(theme),
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
    linked: css(rowChosen(theme)),
    copy: css({ display: 'flex', flex: 'none', position: 'sticky', right: theme.spacing(1) }),
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
