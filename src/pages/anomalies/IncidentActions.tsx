import type { AnomalyEvent, Assignee } from '@loghunter/contracts';
import type { ReactNode } from 'react';
import { serverClient } from '../../api/server-client';
import { t } from '../../translations';
import { countOf } from '../../ui/number-format';
import type { ToastContent } from '../../work-list/UndoToast';
import { useToldWork } from '../../work-list/ToldWork';
import type { Incident } from './incident-settings';

export interface IncidentActions {
  readonly acknowledge: (ids: readonly string[], isAcknowledged: boolean) => void;
  readonly assign: (incidents: readonly Incident[], assignee: Assignee | null) => void;
  /** Tells nothing of the like of the incidents' events for some days. */
  readonly holdBack: (incidents: readonly Incident[], days: number) => void;
  readonly isBusy: boolean;
  /** To be drawn by the page: says what was done, and undoes it. */
  readonly toast: ReactNode;
}

/** What people do with incidents; `onChanged` is called when it is done. */
export function useIncidentActions(onChanged: () => void): IncidentActions {
  const told = useToldWork();
  const run = (work: () => Promise<ToastContent | undefined>) =>
    told.run(async () => {
      const content = await work();
      onChanged();
      return content;
    });
  const undoing = (work: () => Promise<unknown>) => () =>
    run(async () => {
      await work();
      return { text: t('anomalies.action.undone', 'Undone') };
    });

  return {
    acknowledge: (ids, acknowledged) =>
      run(async () => {
        await serverClient().acknowledgeIncidents({ ids: [...ids], acknowledged });
        return undefined;
      }),
    assign: (incidents, assignee) =>
      run(async () => {
        const changedIds = await assign(incidents, assignee);
        const before = incidents.filter(({ id }) => changedIds.has(id));
        return before.length === 0
          ? { text: t('workList.result.nothing', 'Nothing to change: it is so already') }
          : { text: assignedText(before.length, assignee), undo: undoing(() => giveBack(before)) };
      }),
    holdBack: (incidents, days) =>
      run(async () => {
        const suppressionIds = await holdBack(incidents, days);
        const text = t('anomalies.action.heldBack', 'The like of {{incidents}} is held back for {{days}}', {
          incidents: countOf(incidents.length, 'incident'),
          days: countOf(days, 'day'),
        });
        return { text, undo: undoing(() => endAll(suppressionIds)) };
      }),
    isBusy: told.isBusy,
    toast: told.toast,
  };
}

function assignedText(count: number, assignee: Assignee | null): string {
  const incidents = countOf(count, 'incident');
  return assignee === null
    ? t('anomalies.action.unassigned', '{{incidents}} assigned to nobody', { incidents })
    : t('anomalies.action.assigned', '{{incidents}} assigned to {{name}}', { incidents, name: assignee.name });
}

async function assign(incidents: readonly Incident[], assignee: Assignee | null): Promise<ReadonlySet<string>> {
  const answer = await serverClient().assignIncidents({ ids: incidents.map(({ id }) => id), assignee });
  return new Set(answer.incidents.map(({ id }) => id));
}

/** Each to whom it was before. */
async function giveBack(incidents: readonly Incident[]): Promise<void> {
  const keyOf = ({ assignee }: Incident) => `${assignee?.kind ?? ''} ${assignee?.id ?? ''}`;
  for (const key of new Set(incidents.map(keyOf))) {
    const group = incidents.filter((incident) => keyOf(incident) === key);
    await assign(group, group[0]?.assignee ?? null);
  }
}

/** What a suppression goes by. */
function seriesOf({ service, namespace, kind, clusterId }: AnomalyEvent): string {
  return JSON.stringify([service, namespace, kind, clusterId]);
}

/** Says once of each series that it was not worth telling; returns the ids of what holds it back. All of them, or none when one fails. */
async function holdBack(incidents: readonly Incident[], suppressDays: number): Promise<readonly string[]> {
  const client = serverClient();
  const events = new Map<string, AnomalyEvent>();
  for (const { id } of incidents) {
    const answer = await client.getIncident({ id });
    answer.events.forEach((event) => events.set(seriesOf(event), event));
  }
  const ids: string[] = [];
  try {
    for (const { id } of events.values()) {
      const { suppression } = await client.giveAnomalyFeedback({ id, verdict: 'down', reason: '', suppressDays });
      ids.push(...(suppression === null ? [] : [suppression.id]));
    }
  } catch (error) {
    // Without a toast that undoes them they would stay unseen.
    await endAll(ids);
    throw error;
  }
  return ids;
}

async function endAll(suppressionIds: readonly string[]): Promise<void> {
  for (const id of suppressionIds) {
    await serverClient().deleteSuppression({ id });
  }
}
