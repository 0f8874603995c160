import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, useTheme2, type IconName } from '@grafana/ui';
import React from 'react';
import { testIds } from '../../../test-ids';
import { t } from '../../../translations';

/** One thing that is well or not. */
export interface CheckItem {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'degraded' | 'unavailable' | 'off';
  /** What is so, and what to do about it. */
  readonly detail: string;
}

const icons: Readonly<Record<CheckItem['status'], IconName>> = {
  ok: 'check-circle',
  degraded: 'exclamation-triangle',
  unavailable: 'times-circle',
  off: 'minus-circle',
};

/** Things that are well or not, each in words: colour alone says nothing to some. */
export function CheckList({ label, items }: { label: string; items: readonly CheckItem[] }) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map((item) => (
        <CheckLine key={item.id} item={item} />
      ))}
    </ul>
  );
}

function CheckLine({ item: { title, status, detail } }: { item: CheckItem }) {
  const styles = useStyles2(getStyles);
  const { colors } = useTheme2();
  const shown: Readonly<Record<CheckItem['status'], { readonly color: string; readonly words: string }>> = {
    ok: { color: colors.success.text, words: t('administration.check.ok', 'OK') },
    degraded: { color: colors.warning.text, words: t('administration.check.degraded', 'degraded') },
    unavailable: { color: colors.error.text, words: t('administration.check.unavailable', 'not reachable') },
    off: { color: colors.text.secondary, words: t('administration.check.off', 'off') },
  };
  const { color, words } = shown[status];
  return (
    <li className={styles.line} data-testid={testIds.administration.check}>
      <span style={{ color }}>
        <Icon name={icons[status]} />
      </span>
      <span>
        <strong>{title}</strong>: {words}
        {detail !== '' && <span className={styles.detail}>{detail}</span>}
      </span>
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    line: css({ display: 'flex', alignItems: 'flex-start', gap: theme.spacing(1) }),
    detail: css({ display: 'block', color: theme.colors.text.secondary, maxWidth: '80ch' }),
  };
}
