import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ListAnalysesResponse, ListInvestigationsResponse, LiveEvent } from '@loghunter/contracts';
import React from 'react';
import { useLive } from '../../api/live';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { analysisHref, investigationHref } from '../../incident-paths';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { VerdictMark } from '../../ui/evidence/VerdictMark';
import type { Incident } from './incident-settings';

interface Known {
  readonly analyses: ListAnalysesResponse['analyses'];
  readonly investigations: ListInvestigationsResponse['investigations'];
}

/** An analysis is a job while it runs. */
const tellingTopics = new Set<LiveEvent['topic']>(['gap', 'incident', 'investigation', 'job']);

/** What people and the server did about an incident already. */
export function IncidentLinks({ incident }: { incident: Incident }) {
  const styles = useStyles2(getStyles);
  const { answer, error, reload } = useRequest<Known>(incident.id, (signal) => load(incident.id, signal));
  useLive(({ topic }) => (tellingTopics.has(topic) ? reload() : undefined));
  return (
    <Section title={t('anomalies.links.title', 'Work on it')}>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer === undefined && !error && <p className={styles.note}>{t('anomalies.links.loading', 'Looking …')}</p>}
      {answer && answer.analyses.length + answer.investigations.length === 0 && (
        <p className={styles.note}>{t('anomalies.links.none', 'No root cause and no investigation yet.')}</p>
      )}
      <ul className={styles.list}>
        {answer?.analyses.map(({ id, verdict, suspect, status }) => (
          <li key={id}>
            <a href={analysisHref(id)}>
              {verdict ? <VerdictMark verdict={verdict} /> : status}{' '}
              {suspect ?? t('anomalies.links.analysis', 'Root cause')}
            </a>
          </li>
        ))}
        {answer?.investigations.map(({ id, title, state }) => (
          <li key={id}>
            <a href={investigationHref(id)}>
              {title} <span className={styles.state}>({state})</span>
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The newest are what somebody looks for. */
const shownCount = 5;

async function load(incidentId: string, signal: AbortSignal): Promise<Known> {
  const client = serverClient();
  const [{ analyses }, { investigations }] = await Promise.all([
    client.listAnalyses({ subjectKind: 'incident', subjectId: incidentId, limit: shownCount, offset: 0 }, signal),
    client.listInvestigations({ incidentId, limit: shownCount, offset: 0 }, signal),
  ]);
  return { analyses, investigations };
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    list: css({
      listStyle: 'none',
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.75),
      '& a': { color: theme.colors.text.link, display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(0, 1) },
      '& a:hover': { textDecoration: 'underline' },
    }),
    state: css({ color: theme.colors.text.secondary }),
  };
}
