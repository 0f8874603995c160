import { css } from '@emotion/css';
import { dateTime, type GrafanaTheme2 } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import type { NextCheck } from '@loghunter/contracts';
import React from 'react';
import { ExploreLink } from '../../scenes/ExploreLink';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';

/** Looks that may tell more. Nothing runs without a click. */
export function NextChecks({ checks, model }: { checks: readonly NextCheck[]; model: SceneObject }) {
  const styles = useStyles2(getStyles);
  if (checks.length === 0) {
    return null;
  }
  return (
    <div>
      <h3 className={styles.heading}>{t('explanation.checks', 'Worth a look')}</h3>
      <ul className={styles.list}>
        {checks.map(({ text, query }) => (
          <li key={text}>
            {text}
            {query !== null && (
              <div className={styles.query}>
                <code>{query}</code>
                <CopyButton label={t('explanation.copy-query', 'Copy LogQL')} text={query} />
                <ExploreLink query={{ expression: query, range: lastHours(), isExact: true }} model={model} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The model gives no time with its query. */
const checkedHours = 6;

function lastHours() {
  return { from: dateTime().subtract(checkedHours, 'hours').toISOString(), to: dateTime().toISOString() };
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    heading: css({ ...theme.typography.bodySmall, margin: 0, fontWeight: theme.typography.fontWeightMedium }),
    list: css({ ...small, margin: 0, paddingInlineStart: theme.spacing(2.5) }),
    query: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      margin: theme.spacing(0.25, 0),
    }),
  };
}
