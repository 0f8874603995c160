import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { ClusterSort, Level } from '@loghunter/contracts';
import { isLevel, levelsBySeverity } from '../../ui/level-style';

/** What a person chose for the list, beside range and variables. */
export interface ListSettings {
  readonly text: string;
  readonly levels: readonly Level[];
  readonly sort: ClusterSort;
  readonly order: 'asc' | 'desc';
  /** Counted from 1. */
  readonly page: number;
}

export const defaultListSettings: ListSettings = { text: '', levels: [], sort: 'count', order: 'desc', page: 1 };

export const listUrlKeys = ['q', 'level', 'sort', 'order', 'page'];

export const pageSize = 50;

/** The server skips at most this many clusters. */
const maxOffset = 100_000;
const maxTextLength = 500;

const sorts: readonly ClusterSort[] = ['count', 'firstSeen', 'lastSeen', 'level', 'service'];

/** Settings as URL values; what equals the default is left out, which keeps links short. */
export function listSettingsToUrl(settings: ListSettings): SceneObjectUrlValues {
  const { text, levels, sort, order, page } = settings;
  return {
    q: text === '' ? undefined : text,
    // Always a list: Scenes gives back one value only for what is not a list now.
    level: [...levels],
    sort: sort === defaultListSettings.sort ? undefined : sort,
    order: order === defaultOrder(sort) ? undefined : order,
    page: page === 1 ? undefined : String(page),
  };
}

/** Reads settings from URL values; what is missing or makes no sense becomes the default. */
export function listSettingsFromUrl(values: SceneObjectUrlValues): ListSettings {
  const sort = sorts.find((known) => known === first(values.sort)) ?? defaultListSettings.sort;
  const order = first(values.order);
  const page = Number(first(values.page));
  const chosen = [values.level ?? []].flat().filter(isLevel);
  return {
    text: (first(values.q) ?? '').slice(0, maxTextLength),
    levels: levelsBySeverity.filter((level) => chosen.includes(level)),
    sort,
    order: order === 'asc' || order === 'desc' ? order : defaultOrder(sort),
    page: Number.isInteger(page) && page >= 1 && (page - 1) * pageSize <= maxOffset ? page : 1,
  };
}

/** Services read from A to Z; figures and times are wanted largest or latest first. */
export function defaultOrder(sort: ClusterSort): 'asc' | 'desc' {
  return sort === 'service' ? 'asc' : 'desc';
}

/** A click on the header that sorts already turns the order; another header starts with its own default. */
export function nextSort(settings: ListSettings, sort: ClusterSort): Pick<ListSettings, 'sort' | 'order'> {
  if (settings.sort !== sort) {
    return { sort, order: defaultOrder(sort) };
  }
  return { sort, order: settings.order === 'asc' ? 'desc' : 'asc' };
}

export function hasFilters(settings: ListSettings): boolean {
  return settings.text !== '' || settings.levels.length > 0;
}

function first(value: string | string[] | null | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) ?? undefined;
}
