import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Badge, Button, LinkButton, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useMay } from '../../api/use-role';
import { rootCauseHref } from '../../incident-paths';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { durationText } from '../../ui/duration';
import { SeverityMark } from '../../ui/incident/SeverityMark';
import { severityColor } from '../../ui/incident/severity-style';
import { Moment } from '../../ui/Moment';
import { useNowMs } from '../../ui/use-now';
import { usePageKeys } from '../../ui/use-page-keys';
import { AssigneeMark } from '../../work-list/AssigneeMark';
import { kindWord } from './anomaly-words';
import { StartInvestigation } from './StartInvestigation';
import type { Incident } from './incident-settings';
import { IncidentDialogs, type AskedIncidents } from './IncidentDialogs';
import { useIncidentActions } from './IncidentActions';

interface IncidentHeaderProps {
  readonly incident: Incident;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

export function IncidentHeader({ incident, timeZone, onChanged }: IncidentHeaderProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const nowMs = useNowMs();
  const { acknowledged, endedAt, kinds, services, severity, startedAt, state } = incident;
  const mayEdit = useMay('editor');
  const actions = useIncidentActions(onChanged);
  const [asked, setAsked] = useState<AskedIncidents>();
  const isFree = mayEdit === true && !actions.isBusy;
  const ask = () => setAsked({ dialog: 'assign', incidents: [incident] });
  usePageKeys({
    a: () => (isFree ? ask() : false),
    e: () => (isFree && acknowledged === null ? actions.acknowledge([incident.id], true) : false),
  });
  const lasted = durationText((endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(startedAt));
  return (
    <header className={styles.header} style={{ borderLeftColor: severityColor(severity, theme) }}>
      <div className={styles.top}>
        <SeverityMark severity={severity} />
        {state === 'withdrawn' ? (
          <Badge
            color="blue"
            text={t('anomalies.incident.taken-back', 'taken back: with the lines that came later, nothing was wrong')}
          />
        ) : endedAt === null ? (
          <Badge color="red" text={t('anomalies.incident.open', 'open for {{lasted}}', { lasted })} />
        ) : (
          <Badge color="green" text={t('anomalies.incident.over', 'over, lasted {{lasted}}', { lasted })} />
        )}
        <div className={styles.actions}>
          <CopyButton
            label={t('anomalies.incident.copy-link', 'Copy link')}
            icon="link"
            hasWords
            text={() => window.location.href}
          />
          <Button
            size="sm"
            variant="secondary"
            icon={acknowledged === null ? 'check' : 'times'}
            disabled={mayEdit !== true || actions.isBusy}
            tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
            onClick={() => actions.acknowledge([incident.id], acknowledged === null)}
          >
            {acknowledged === null
              ? t('anomalies.incident.acknowledge', 'Acknowledge')
              : t('anomalies.incident.take-back', 'Take acknowledgement back')}
          </Button>
          <Button
            size="sm"
            variant="secondary"
            icon="user"
            disabled={mayEdit !== true || actions.isBusy}
            tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
            onClick={ask}
          >
            {t('workList.buttons.assign', 'Assign …')}
          </Button>
          <StartInvestigation incident={incident} />
          <LinkButton size="sm" icon="search" href={rootCauseHref({ incident: incident.id })}>
            {t('anomalies.incident.root-cause', 'Find root cause')}
          </LinkButton>
        </div>
      </div>
      <p className={styles.facts}>
        <span>
          {t('anomalies.incident.since', 'Since')} <Moment at={startedAt} timeZone={timeZone} nowMs={nowMs} /> (
          {dateTimeFormat(startedAt, { timeZone, format: 'YYYY-MM-DD HH:mm' })})
        </span>
        <span>{kinds.map(kindWord).join(', ')}</span>
        <span>
          {services.length > 1
            ? t('anomalies.incident.struck', 'struck in this order: {{services}}', { services: services.join(', ') })
            : t('anomalies.incident.only', 'struck only {{service}}', { service: services[0] ?? '' })}
        </span>
        <span>
          {acknowledged === null
            ? t('anomalies.incident.nobody', 'nobody has acknowledged it')
            : t('anomalies.incident.acknowledged', 'acknowledged by {{name}}', { name: acknowledged.by })}
        </span>
        <AssigneeMark assignee={incident.assignee} hasName />
      </p>
      <IncidentDialogs asked={asked} actions={actions} onClose={() => setAsked(undefined)} />
      {actions.toast}
    </header>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    header: css({
      padding: theme.spacing(1, 1.5),
      border: `1px solid ${theme.colors.border.weak}`,
      borderLeft: '4px solid',
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
    }),
    top: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    actions: css({ marginInlineStart: 'auto', display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
    facts: css({
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: theme.spacing(1, 0, 0),
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
  };
}
