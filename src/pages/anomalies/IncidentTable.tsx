import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Badge, Checkbox, Icon, Tooltip, useStyles2 } from '@grafana/ui';
import type { ListIncidentsResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { incidentHref } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { durationText } from '../../ui/duration';
import { SeverityMark } from '../../ui/incident/SeverityMark';
import { severityColor } from '../../ui/incident/severity-style';
import { Moment } from '../../ui/Moment';
import { countOf } from '../../ui/number-format';
import { getPlainTableStyles } from '../../ui/plain-table-style';
import { rowChosen } from '../../ui/row-highlight';
import { useNowMs } from '../../ui/use-now';
import { useTheme2 } from '@grafana/ui';
import { AssigneeMark } from '../../work-list/AssigneeMark';
import { kindWord } from './anomaly-words';
import type { Incident } from './incident-settings';
import { IncidentBulkBar } from './IncidentBulkBar';
import { IncidentDialogs, type AskedIncidents } from './IncidentDialogs';
import type { IncidentActions } from './IncidentActions';
import { useIncidentKeys } from './use-incident-keys';

interface IncidentTableProps {
  readonly list: ListIncidentsResponse;
  readonly timeZone: string;
  readonly chosenIds: ReadonlySet<string>;
  readonly onChoose: (ids: ReadonlySet<string>) => void;
  readonly actions: IncidentActions;
}

export function IncidentTable({ list, timeZone, chosenIds, onChoose, actions }: IncidentTableProps) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  const nowMs = useNowMs();
  // What a filter or refresh took from the list can no longer be acted on unseen.
  const chosen = list.incidents.filter(({ id }) => chosenIds.has(id));
  const areAllChosen = chosen.length === list.incidents.length;
  const chooseNone = () => onChoose(new Set());
  const [asked, setAsked] = useState<AskedIncidents>();
  const keys = { toggle, chooseNone, chosen, actions, onAsk: setAsked };
  const { cursorId, moveTo } = useIncidentKeys(list.incidents, keys);

  function toggle(id: string) {
    onChoose(new Set(chosenIds.has(id) ? [...chosenIds].filter((other) => other !== id) : [...chosenIds, id]));
  }

  return (
    <>
      <IncidentBulkBar list={list} chosen={chosen} actions={actions} onAsk={setAsked} />
      <IncidentDialogs asked={asked} actions={actions} onClose={() => setAsked(undefined)} />
      <div className={styles.frame}>
        <table className={styles.table} aria-label={t('anomalies.list.label', 'Incidents')}>
          <thead>
            <tr>
              <th scope="col" className={own.choice}>
                <Checkbox
                  aria-label={t('anomalies.list.choose-all', 'Choose all incidents of this page')}
                  value={areAllChosen}
                  indeterminate={chosen.length > 0 && !areAllChosen}
                  onChange={() => (areAllChosen ? chooseNone() : onChoose(new Set(list.incidents.map(({ id }) => id))))}
                />
              </th>
              <th scope="col" className={own.severity}>
                {t('anomalies.list.severity', 'Severity')}
              </th>
              <th scope="col">{t('anomalies.list.what', 'What happened')}</th>
              <th scope="col" className={own.services}>
                {t('anomalies.list.services', 'Services')}
              </th>
              <th scope="col" className={own.started}>
                {t('anomalies.list.started', 'Started')}
              </th>
              <th scope="col" className={own.lasted}>
                {t('anomalies.list.lasted', 'Lasted')}
              </th>
              <th scope="col" className={own.owner}>
                {t('anomalies.list.owner', 'Owner')}
              </th>
              <th scope="col" className={own.acknowledged}>
                {t('anomalies.list.acknowledged', 'Acknowledged')}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.incidents.map((incident) => (
              <IncidentRow
                key={incident.id}
                incident={incident}
                timeZone={timeZone}
                nowMs={nowMs}
                isChosen={chosenIds.has(incident.id)}
                isAtCursor={incident.id === cursorId}
                onReach={() => moveTo(incident.id)}
                onToggle={() => toggle(incident.id)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface IncidentRowProps {
  readonly incident: Incident;
  readonly timeZone: string;
  readonly nowMs: number;
  readonly isChosen: boolean;
  /** Where the keyboard is. */
  readonly isAtCursor: boolean;
  readonly onReach: () => void;
  readonly onToggle: () => void;
}

function IncidentRow({ incident, timeZone, nowMs, isChosen, isAtCursor, onReach, onToggle }: IncidentRowProps) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  const theme = useTheme2();
  const { acknowledged, endedAt, kinds, services, startedAt } = incident;
  const lastedMs = (endedAt === null ? nowMs : Date.parse(endedAt)) - Date.parse(startedAt);
  return (
    <tr
      className={cx(styles.row, isChosen && own.chosen, isAtCursor && own.cursor)}
      data-testid={incidentTestIds.anomalies.row}
      data-incident={incident.id}
      onFocus={onReach}
    >
      <td
        className={cx(own.choice, styles.aboveLink)}
        style={{ boxShadow: `inset 3px 0 ${severityColor(incident.severity, theme)}` }}
      >
        <Checkbox
          aria-label={t('anomalies.list.choose', 'Choose: {{title}}', { title: incident.title })}
          value={isChosen}
          onChange={onToggle}
        />
      </td>
      <td className={own.severity}>
        <SeverityMark severity={incident.severity} />
      </td>
      <td>
        <a href={incidentHref(incident.id)} className={styles.link}>
          {incident.title}
        </a>
        <div className={styles.secondary}>
          {kinds.map(kindWord).join(', ')}
          {incident.eventCount > 1 && ` · ${countOf(incident.eventCount, 'event')}`}
        </div>
      </td>
      <td className={own.services}>
        <Services services={services} />
      </td>
      <td className={own.started}>
        <Moment at={startedAt} timeZone={timeZone} nowMs={nowMs} />
      </td>
      <td className={own.lasted}>
        {endedAt === null ? (
          <Badge
            className={styles.aboveLink}
            color="red"
            text={t('anomalies.list.open-for', 'open {{duration}}', { duration: durationText(lastedMs) })}
          />
        ) : (
          durationText(lastedMs)
        )}
      </td>
      <td className={own.owner}>
        <span className={styles.aboveLink}>
          <AssigneeMark assignee={incident.assignee} />
        </span>
      </td>
      <td className={own.acknowledged}>
        {acknowledged && (
          <Tooltip
            content={t('anomalies.list.acknowledged-at', 'At {{time}}', {
              time: dateTimeFormat(acknowledged.at, { timeZone, format: 'YYYY-MM-DD HH:mm' }),
            })}
          >
            <span className={cx(styles.aboveLink, styles.ellipsis)}>
              <Icon name="check" /> {acknowledged.by}
            </span>
          </Tooltip>
        )}
      </td>
    </tr>
  );
}

/** More names than this make a row taller than it is worth. */
const shownServiceCount = 2;

function Services({ services }: { services: readonly string[] }) {
  const styles = useStyles2(getPlainTableStyles);
  const restCount = services.length - shownServiceCount;
  return (
    <div title={services.join(', ')} className={styles.ellipsis}>
      {services.slice(0, shownServiceCount).join(', ')}
      {restCount > 0 && (
        <span className={styles.secondary}>
          {' '}
          {t('anomalies.list.more-services', '+{{count}}', { count: restCount })}
        </span>
      )}
    </div>
  );
}

const withoutAcknowledged = '@container (max-width: 820px)';

function getStyles(theme: GrafanaTheme2) {
  return {
    chosen: css(rowChosen(theme)),
    cursor: css({ outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 }),
    choice: css({ width: 36 }),
    severity: css({ width: 92 }),
    services: css({ width: 190, [withoutAcknowledged]: { width: 130 } }),
    started: css({ width: 92 }),
    lasted: css({ width: 118 }),
    owner: css({ width: 64 }),
    acknowledged: css({ width: 126, [withoutAcknowledged]: { display: 'none' } }),
  };
}
