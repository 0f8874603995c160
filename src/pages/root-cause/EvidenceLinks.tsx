import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';
import { useEvidence } from './evidence-context';

/** Ids of findings or lines as buttons that lead to them. An id of nothing is not shown. */
export function EvidenceLinks({ ids }: { ids: readonly string[] }) {
  const styles = useStyles2(getStyles);
  const { findings, lines, show } = useEvidence();
  const known = ids.filter((id) => findings.has(id) || lines.has(id));
  return (
    <span className={styles.links}>
      {known.map((id) => {
        const statement = findings.get(id)?.statement ?? lines.get(id)?.text ?? '';
        return (
          <button
            key={id}
            type="button"
            className={styles.link}
            title={statement}
            aria-label={t('rootCause.evidence.show', 'Show evidence {{id}}: {{statement}}', { id, statement })}
            onClick={() => show(id)}
          >
            {id}
          </button>
        );
      })}
    </span>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    links: css({ display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(0.5) }),
    link: css({
      padding: theme.spacing(0, 0.75),
      minWidth: 24,
      minHeight: 20,
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
      color: theme.colors.text.link,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      '&:hover': { borderColor: theme.colors.border.strong },
    }),
  };
}
