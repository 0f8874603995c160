import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { ClusterLine } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { CopyButton } from '../CopyButton';
import { contextHref } from './line-context';

type ButtonLine = Pick<ClusterLine, 'timestampNs' | 'text' | 'level' | 'labels' | 'metadata'>;

/** What can be done with a line: copy it, as text or as JSON, and see what stood around it. */
export function LineButtons({ line }: { line: ButtonLine }) {
  const styles = useStyles2(getStyles);
  const context = t('lines.context', 'Lines of this stream a minute before and after');
  return (
    <span className={styles.buttons}>
      <a href={contextHref(line)} title={context} aria-label={context}>
        <Icon name="list-ul" size="sm" />
      </a>
      <CopyButton label={t('lines.copy-json', 'Copy as JSON')} icon="brackets-curly" text={() => jsonOf(line)} />
      <CopyButton label={t('lines.copy', 'Copy line')} text={line.text} />
    </span>
  );
}

function jsonOf({ timestampNs, text, level, labels, metadata }: ButtonLine): string {
  return JSON.stringify({ timestampNs, level, text, labels, metadata }, undefined, 2);
}

function getStyles(theme: GrafanaTheme2) {
  return {
    buttons: css({
      display: 'flex',
      flex: 'none',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      color: theme.colors.text.secondary,
    }),
  };
}
