import { locationService } from '@grafana/runtime';
import { Button } from '@grafana/ui';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { investigationsPath } from '../../incident-paths';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import type { Incident } from './incident-settings';

/** Begins people's own work on an incident and goes there. */
export function StartInvestigation({ incident }: { incident: Incident }) {
  const mayEdit = useMay('editor');
  const action = useAction(async () => {
    const { id } = await serverClient().createInvestigation({
      title: incident.title.slice(0, maxTitleLength),
      from: incident.startedAt,
      ...(incident.endedAt === null ? {} : { to: incident.endedAt }),
      services: incident.services.slice(0, maxServiceCount),
      incidentId: incident.id,
    });
    locationService.push(`${investigationsPath}/${id}`);
  });
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        icon="book"
        disabled={mayEdit !== true || action.isBusy}
        tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
        onClick={() => void action.run()}
      >
        {t('anomalies.incident.investigate', 'Open investigation')}
      </Button>
      {action.error && <ProblemNotice error={action.error} />}
    </>
  );
}

/** The server takes no more. */
const maxTitleLength = 200;
const maxServiceCount = 50;
