import { locationUtil } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { useState } from 'react';
import { useMay } from '../../api/use-role';
import { incidentHref } from '../../incident-paths';
import { t } from '../../translations';
import type { KeyRow } from '../../ui/KeyHelp';
import { usePageKeys } from '../../ui/use-page-keys';
import type { Incident } from './incident-settings';
import type { AskedIncidents } from './IncidentDialogs';
import type { IncidentActions } from './IncidentActions';

interface IncidentKeys {
  readonly toggle: (id: string) => void;
  readonly chooseNone: () => void;
  readonly chosen: readonly Incident[];
  readonly actions: IncidentActions;
  readonly onAsk: (asked: AskedIncidents) => void;
}

/** Keys of the list of incidents, to be read. */
export function incidentKeys(): readonly KeyRow[] {
  return [
    ['j k', t('anomalies.keys.move', 'Next and previous incident')],
    ['Enter', t('anomalies.keys.open', 'Open the incident')],
    ['x', t('anomalies.keys.choose', 'Choose the incident, or no longer')],
    ['e', t('anomalies.keys.acknowledge', 'Acknowledge the chosen incidents, or the one you are at')],
    ['m', t('anomalies.keys.hold-back', 'Hold the like of them back …')],
    ['a', t('anomalies.keys.assign', 'Assign them …')],
    ['/', t('anomalies.keys.search', 'Filter by title')],
    ['Escape', t('anomalies.keys.none', 'Choose none')],
    ['?', t('clusters.keys.help', 'This list of keys, while you are in the list')],
  ];
}

/**
 * The keys of the list of clusters, as far as incidents have what they do: `j` and `k` move, `x` chooses, `enter` opens, `e` acknowledges,
 * `a` assigns and `m` holds back the chosen ones or the one the keyboard is at, Escape chooses none.
 */
export function useIncidentKeys(
  incidents: readonly Incident[],
  { toggle, chooseNone, chosen, actions, onAsk }: IncidentKeys
): { readonly cursorId: string | undefined; readonly moveTo: (id: string) => void } {
  const isEditor = useMay('editor') === true;
  const [cursorId, setCursorId] = useState<string>();
  const place = incidents.findIndex(({ id }) => id === cursorId);
  const current = incidents[place];
  const targets = chosen.length > 0 ? chosen : current ? [current] : [];
  const ask = (dialog: AskedIncidents['dialog']) =>
    isEditor && !actions.isBusy && targets.length > 0 ? onAsk({ dialog, incidents: targets }) : false;
  function move(by: number): void {
    const next = incidents[Math.max(0, Math.min(incidents.length - 1, place + by))];
    setCursorId(next?.id);
    // With the row's link, as in the list of clusters: it is read out, and Enter opens it.
    const link = document.querySelector<HTMLElement>(`[data-incident="${next?.id ?? ''}"] a`);
    link?.scrollIntoView({ block: 'nearest' });
    link?.focus({ preventScroll: true });
  }
  usePageKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => (current ? toggle(current.id) : false),
    Enter: (event) => {
      // A link or button that has the focus does what it says.
      const isOnControl = event.target instanceof HTMLElement && event.target.closest('a, button, input') !== null;
      if (current === undefined || isOnControl) {
        return false;
      }
      locationService.push(locationUtil.stripBaseFromUrl(incidentHref(current.id)));
      return undefined;
    },
    e: () => {
      const ids = targets.filter(({ acknowledged }) => acknowledged === null).map(({ id }) => id);
      return isEditor && !actions.isBusy && ids.length > 0 ? actions.acknowledge(ids, true) : false;
    },
    a: () => ask('assign'),
    m: () => ask('hold-back'),
    Escape: () => (chosen.length > 0 ? chooseNone() : false),
  });
  return { cursorId, moveTo: setCursorId };
}
