import { config } from '@grafana/runtime';

/** A search that one person keeps in this browser. */
export interface PersonalFilter {
  readonly name: string;
  /** The page's own parameters, as a query string. */
  readonly search: string;
}

const maxCount = 100;

function storageKey(): string {
  const { orgId, login } = config.bootData.user;
  return `loghunter.search.filters.${orgId}.${login}`;
}

/** What is stored; nothing where it cannot be read. */
export function readPersonalFilters(): readonly PersonalFilter[] {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(storageKey()) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isFilter) : [];
  } catch {
    return [];
  }
}

/** Stores a filter, in place of one of the same name; returns all. */
export function keepPersonalFilter(filter: PersonalFilter): readonly PersonalFilter[] {
  const others = readPersonalFilters().filter(({ name }) => name !== filter.name);
  return write([...others, filter].slice(-maxCount));
}

export function removePersonalFilter(name: string): readonly PersonalFilter[] {
  return write(readPersonalFilters().filter((filter) => filter.name !== name));
}

function write(filters: readonly PersonalFilter[]): readonly PersonalFilter[] {
  window.localStorage.setItem(storageKey(), JSON.stringify(filters));
  return filters;
}

function isFilter(value: unknown): value is PersonalFilter {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'search' in value &&
    typeof value.name === 'string' &&
    typeof value.search === 'string'
  );
}
