import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { ClusterSort, Level, WorkState } from '@loghunter/contracts';
import { isLevel, levelsBySeverity } from '../../ui/level-style';
import { maxAssigneeLength, type AssigneeChoice } from '../../work-list/people';
import { isWorkState, openStates, workStates } from '../../work-list/state-words';

/** Which part of the work list is shown: what is open, everything, or one state. */
export type ListTab = 'open' | 'all' | WorkState;

/** What a person chose for the list, beside range and variables. */
export interface ListSettings {
  readonly tab: ListTab;
  readonly text: string;
  readonly levels: readonly Level[];
  readonly assignee: AssigneeChoice;
  /** Only what became new, regressed or escalating since the reader last looked. */
  readonly isUnseenOnly: boolean;
  readonly sort: ClusterSort;
  readonly order: 'asc' | 'desc';
}

export const defaultListSettings: ListSettings = {
  tab: 'open',
  text: '',
  levels: [],
  assignee: '',
  isUnseenOnly: false,
  sort: 'count',
  order: 'desc',
};

export const listTabs: readonly ListTab[] = ['open', 'all', ...workStates];

export const listUrlKeys = ['state', 'q', 'level', 'assignee', 'unseen', 'sort', 'order'];

const maxTextLength = 500;

const sorts: readonly ClusterSort[] = [
  'count',
  'firstSeen',
  'lastSeen',
  'level',
  'service',
  'state',
  'assignee',
  'trend',
];

/** States that a tab shows; empty: any. */
export function statesOf(tab: ListTab): WorkState[] {
  if (tab === 'all') {
    return [];
  }
  return tab === 'open' ? [...openStates] : [tab];
}

/** Settings as URL values; what equals the default is left out, which keeps links short. */
export function listSettingsToUrl(settings: ListSettings): SceneObjectUrlValues {
  const { tab, text, levels, assignee, isUnseenOnly, sort, order } = settings;
  return {
    state: tab === defaultListSettings.tab ? undefined : tab,
    q: text === '' ? undefined : text,
    // Always a list: Scenes gives back one value only for what is not a list now.
    level: [...levels],
    assignee: assignee === '' ? undefined : assignee,
    unseen: isUnseenOnly ? 'true' : undefined,
    sort: sort === defaultListSettings.sort ? undefined : sort,
    order: order === defaultOrder(sort) ? undefined : order,
  };
}

/** Reads settings from URL values; what is missing or makes no sense becomes the default. */
export function listSettingsFromUrl(values: SceneObjectUrlValues): ListSettings {
  const sort = sorts.find((known) => known === first(values.sort)) ?? defaultListSettings.sort;
  const order = first(values.order);
  const tab = first(values.state) ?? '';
  const chosen = [values.level ?? []].flat().filter(isLevel);
  return {
    tab: tab === 'all' || isWorkState(tab) ? tab : defaultListSettings.tab,
    text: (first(values.q) ?? '').slice(0, maxTextLength),
    levels: levelsBySeverity.filter((level) => chosen.includes(level)),
    assignee: (first(values.assignee) ?? '').slice(0, maxAssigneeLength),
    isUnseenOnly: first(values.unseen) === 'true',
    sort,
    order: order === 'asc' || order === 'desc' ? order : defaultOrder(sort),
  };
}

/** Names read from A to Z; figures, times and urgency are wanted largest or latest first. */
export function defaultOrder(sort: ClusterSort): 'asc' | 'desc' {
  return sort === 'service' || sort === 'assignee' ? 'asc' : 'desc';
}

/** A click on the header that sorts already turns the order; another header starts with its own default. */
export function nextSort(settings: ListSettings, sort: ClusterSort): Pick<ListSettings, 'sort' | 'order'> {
  if (settings.sort !== sort) {
    return { sort, order: defaultOrder(sort) };
  }
  return { sort, order: settings.order === 'asc' ? 'desc' : 'asc' };
}

/** What "Clear filters" takes away: everything that hides clusters. */
export const withoutFilters: Partial<ListSettings> = {
  tab: 'all',
  text: '',
  levels: [],
  assignee: '',
  isUnseenOnly: false,
};

export function hasFilters({ tab, text, levels, assignee, isUnseenOnly }: ListSettings): boolean {
  return tab !== 'all' || text !== '' || levels.length > 0 || assignee !== '' || isUnseenOnly;
}

function first(value: string | string[] | null | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) ?? undefined;
}
