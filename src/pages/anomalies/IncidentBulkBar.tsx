import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import type { ListIncidentsResponse } from '@loghunter/contracts';
import React from 'react';
import { useMay } from '../../api/use-role';
import { t } from '../../translations';
import { countOf } from '../../ui/number-format';
import type { Incident } from './incident-settings';
import type { AskedIncidents } from './IncidentDialogs';
import type { IncidentActions } from './IncidentActions';

interface IncidentBulkBarProps {
  readonly list: ListIncidentsResponse;
  readonly chosen: readonly Incident[];
  readonly actions: IncidentActions;
  readonly onAsk: (asked: AskedIncidents) => void;
}

/** One line above the list: how many there are, or what can be done with the chosen ones. */
export function IncidentBulkBar({ list, chosen, actions, onAsk }: IncidentBulkBarProps) {
  const styles = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  const { isBusy } = actions;
  const pending = chosen.filter(({ acknowledged }) => acknowledged === null).map(({ id }) => id);
  const done = chosen.filter(({ acknowledged }) => acknowledged !== null).map(({ id }) => id);
  return (
    <div className={styles.bulk}>
      <span aria-live="polite">
        {chosen.length > 0
          ? t('anomalies.bulk.chosen', '{{incidents}} chosen', { incidents: countOf(chosen.length, 'incident') })
          : t('anomalies.bulk.total', '{{incidents}}, {{open}} open', {
              incidents: countOf(list.totalCount, 'incident'),
              open: list.openCount,
            })}
      </span>
      {chosen.length > 0 && mayEdit === false && (
        <span>{t('anomalies.bulk.viewer', 'Acting on incidents needs the role Editor.')}</span>
      )}
      {chosen.length > 0 && mayEdit === true && (
        <>
          {pending.length > 0 && (
            <Button size="sm" icon="check" disabled={isBusy} onClick={() => actions.acknowledge(pending, true)}>
              {t('anomalies.bulk.acknowledge', 'Acknowledge {{count}}', { count: pending.length })}
            </Button>
          )}
          {done.length > 0 && (
            <Button size="sm" variant="secondary" disabled={isBusy} onClick={() => actions.acknowledge(done, false)}>
              {t('anomalies.bulk.take-back', 'Take back {{count}}', { count: done.length })}
            </Button>
          )}
          <Button
            size="sm"
            variant="secondary"
            icon="user"
            disabled={isBusy}
            onClick={() => onAsk({ dialog: 'assign', incidents: chosen })}
          >
            {t('workList.buttons.assign', 'Assign …')}
          </Button>
          <Button
            size="sm"
            variant="secondary"
            icon="bell-slash"
            disabled={isBusy}
            onClick={() => onAsk({ dialog: 'hold-back', incidents: chosen })}
          >
            {t('anomalies.bulk.hold-back', 'Hold back …')}
          </Button>
        </>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bulk: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 24,
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
    }),
  };
}
