import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import { loadClusterTexts } from '../../api/cluster-texts';
import { useRequest } from '../../api/use-request';
import { incidentHref } from '../../incident-paths';
import { clusterHref } from '../../plugin-paths';
import { t } from '../../translations';
import { Section } from '../../ui/Section';
import type { CasePartProps } from './case-part';

export function CaseFacts({ investigation, timeZone }: CasePartProps) {
  const styles = useStyles2(getStyles);
  const { range, services, suspect, incidentId, clusterIds, resolvedAt } = investigation;
  const time = (at: string) => dateTimeFormat(at, { timeZone, format: 'YYYY-MM-DD HH:mm' });
  const search = `?${new URLSearchParams(range).toString()}`;
  return (
    <Section title={t('investigations.facts.title', 'Facts')}>
      <dl className={styles.facts}>
        <Fact name={t('investigations.facts.about', 'About')}>
          {time(range.from)} – {time(range.to)}
        </Fact>
        <Fact name={t('investigations.facts.services', 'Services')}>{services.join(', ') || '–'}</Fact>
        <Fact name={t('investigations.facts.suspect', 'Suspect')}>{suspect ?? '–'}</Fact>
        {resolvedAt !== null && <Fact name={t('investigations.facts.resolved', 'Resolved')}>{time(resolvedAt)}</Fact>}
        {incidentId !== null && (
          <Fact name={t('investigations.facts.incident', 'Incident')}>
            <a className={styles.link} href={incidentHref(incidentId)}>
              {t('investigations.facts.open-incident', 'Open incident')}
            </a>
          </Fact>
        )}
        {clusterIds.length > 0 && (
          <Fact name={t('investigations.facts.clusters', 'Clusters')}>
            <Clusters ids={clusterIds} search={search} />
          </Fact>
        )}
      </dl>
    </Section>
  );
}

/** What the clusters say; their ids until that is known, and of those that are gone. */
function Clusters({ ids, search }: { ids: readonly string[]; search: string }) {
  const styles = useStyles2(getStyles);
  const { answer: texts } = useRequest(ids.join(), (signal) => loadClusterTexts(ids, new Map(), signal));
  return (
    <ul className={styles.clusters}>
      {ids.map((id) => (
        <li key={id}>
          <a className={styles.link} href={clusterHref(id, search)} title={texts?.get(id)}>
            {texts?.get(id) ?? id.slice(0, 8)}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    facts: css({
      display: 'grid',
      gap: theme.spacing(0.75, 3),
      margin: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      '& > div': { display: 'grid', gridTemplateColumns: '88px minmax(0, 1fr)' },
      '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
      '& dd': { margin: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
    }),
    link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
    clusters: css({
      listStyle: 'none',
      fontFamily: theme.typography.fontFamilyMonospace,
      '& li': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    }),
  };
}
