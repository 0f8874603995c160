import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, type IconName } from '@grafana/ui';
import type { IncidentHistoryEntry } from '@loghunter/contracts';
import React from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { Moment } from '../../ui/Moment';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';

interface IncidentHistoryProps {
  readonly history: readonly IncidentHistoryEntry[];
  readonly timeZone: string;
}

const icons: Readonly<Record<IncidentHistoryEntry['kind'], IconName>> = {
  acknowledged: 'check',
  'taken-back': 'times',
  assigned: 'user',
};

/** What was done with the incident and by whom, newest first. */
export function IncidentHistory({ history, timeZone }: IncidentHistoryProps) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  return (
    <Section title={t('anomalies.history.title', 'What people did')} testId={incidentTestIds.anomalies.history}>
      {history.length === 0 && (
        <p className={styles.note}>
          {t('anomalies.history.none', 'Nobody has acknowledged it or given it to somebody yet.')}
        </p>
      )}
      <ol className={styles.entries}>
        {history.map((entry) => (
          <li key={entry.id}>
            <Icon name={icons[entry.kind]} /> {entryText(entry)}{' '}
            <span className={styles.note}>
              {entry.by === '' ? t('cluster.history.itself', 'LogHunter') : entry.by},{' '}
              <Moment at={entry.at} timeZone={timeZone} nowMs={nowMs} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function entryText({ kind, assignee, reason }: IncidentHistoryEntry): string {
  if (kind !== 'assigned') {
    return kind === 'acknowledged'
      ? t('anomalies.history.acknowledged', 'Acknowledged')
      : t('anomalies.history.takenBack', 'Acknowledgement taken back');
  }
  if (assignee === null) {
    return t('cluster.history.unassigned', 'Assigned to nobody');
  }
  const assigned = t('cluster.history.assigned', 'Assigned to {{name}}', { name: assignee.name });
  return reason === 'owner-rule' ? `${assigned}: ${t('cluster.reason.ownerRule', 'an owner rule')}` : assigned;
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: 0, color: theme.colors.text.secondary }),
    entries: css({ ...small, listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(0.75) }),
  };
}
