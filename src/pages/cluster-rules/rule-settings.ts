import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { ClusterRuleKind } from '@loghunter/contracts';

export interface RuleSettings {
  readonly kinds: readonly ClusterRuleKind[];
  readonly includesUndone: boolean;
  /** Counted from 1. */
  readonly page: number;
}

export const defaultRuleSettings: RuleSettings = { kinds: [], includesUndone: false, page: 1 };

export const ruleUrlKeys = ['kind', 'undone', 'page'];

export const ruleKinds: readonly ClusterRuleKind[] = ['merge', 'split', 'mask', 'rename'];

export const rulePageSize = 25;

const maxOffset = 100_000;

/** Settings as URL values; what equals the default is left out. */
export function ruleSettingsToUrl({ kinds, includesUndone, page }: RuleSettings): SceneObjectUrlValues {
  return {
    kind: [...kinds],
    undone: includesUndone ? 'true' : undefined,
    page: page === 1 ? undefined : String(page),
  };
}

/** Reads settings from URL values; what is missing or makes no sense becomes the default. */
export function ruleSettingsFromUrl(values: SceneObjectUrlValues): RuleSettings {
  const chosen = [values.kind ?? []].flat();
  const page = Number([values.page ?? []].flat()[0] ?? 1);
  return {
    kinds: ruleKinds.filter((kind) => chosen.includes(kind)),
    includesUndone: [values.undone ?? []].flat()[0] === 'true',
    page: Number.isInteger(page) && page >= 1 && (page - 1) * rulePageSize <= maxOffset ? page : 1,
  };
}
