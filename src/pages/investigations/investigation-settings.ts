import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { InvestigationState } from '@loghunter/contracts';
import { firstValue, knownValue, pageNumber } from '../../scenes/url-values';

/** What a person chose for the list of investigations. */
export interface InvestigationSettings {
  readonly state: InvestigationState | undefined;
  readonly text: string;
  /** Counted from 1. */
  readonly page: number;
}

export const investigationUrlKeys = ['state', 'q', 'page'];

export const investigationStates: readonly InvestigationState[] = ['open', 'mitigated', 'resolved'];

export const investigationPageSize = 50;

/** The server takes no longer text, and skips no more. */
const maxTextLength = 200;
const maxOffset = 100_000;

export function investigationSettingsToUrl({ state, text, page }: InvestigationSettings): SceneObjectUrlValues {
  return { state, q: text === '' ? undefined : text, page: page === 1 ? undefined : String(page) };
}

/** Reads settings from URL values; what is missing or makes no sense becomes the default. */
export function investigationSettingsFromUrl(values: SceneObjectUrlValues): InvestigationSettings {
  return {
    state: knownValue(values.state, investigationStates),
    text: (firstValue(values.q) ?? '').slice(0, maxTextLength),
    page: pageNumber(values.page, maxOffset / investigationPageSize),
  };
}
