import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { Level } from '@loghunter/contracts';
import { isLevel, levelsBySeverity } from '../../ui/level-style';

/** What a person looks for, beside range and variables. */
export interface SearchSettings {
  /** `text`: part of a line; `logql`: a query of one's own. */
  readonly mode: 'text' | 'logql';
  readonly text: string;
  readonly logql: string;
  readonly levels: readonly Level[];
}

export const defaultSearchSettings: SearchSettings = { mode: 'text', text: '', logql: '', levels: [] };

export const searchUrlKeys = ['text', 'logql', 'level'];

/** Bounds of the API. */
const maxTextLength = 1000;
const maxQueryLength = 20_000;

/** Settings as URL values; a LogQL query in them says that it is one. */
export function searchToUrl({ mode, text, logql, levels }: SearchSettings): SceneObjectUrlValues {
  return {
    text: mode === 'text' && text !== '' ? text : undefined,
    logql: mode === 'logql' ? logql : undefined,
    // Always a list: Scenes gives back one value only for what is not a list now.
    level: [...levels],
  };
}

export function searchFromUrl(values: SceneObjectUrlValues): SearchSettings {
  const logql = first(values.logql);
  const chosen = [values.level ?? []].flat().filter(isLevel);
  return {
    mode: logql === undefined ? 'text' : 'logql',
    text: (first(values.text) ?? '').slice(0, maxTextLength),
    logql: (logql ?? '').slice(0, maxQueryLength),
    levels: levelsBySeverity.filter((level) => chosen.includes(level)),
  };
}

/** Whether there is anything to look for. All lines of everything is no question, and a costly one. */
export function asksSomething({ mode, text, logql, levels }: SearchSettings): boolean {
  return mode === 'logql' ? logql.trim() !== '' : text.trim() !== '' || levels.length > 0;
}

function first(value: string | string[] | null | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) ?? undefined;
}
