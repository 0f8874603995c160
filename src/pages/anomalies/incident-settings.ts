import type { SceneObjectUrlValues } from '@grafana/scenes';
import type { AnomalyKind, AnomalySeverity, AnomalyState, ListIncidentsResponse } from '@loghunter/contracts';
import { firstValue, knownValues, knownValue, pageNumber } from '../../scenes/url-values';
import { severities } from '../../ui/incident/severity-style';
import { maxAssigneeLength, type AssigneeChoice } from '../../work-list/people';
import { kinds } from './anomaly-words';

export type Incident = ListIncidentsResponse['incidents'][number];

/** What a person chose for the list of incidents, beside range and services. */
export interface IncidentSettings {
  readonly severities: readonly AnomalySeverity[];
  readonly kinds: readonly AnomalyKind[];
  readonly state: AnomalyState | undefined;
  /** Only those that nobody has acknowledged. */
  readonly isUnacknowledgedOnly: boolean;
  readonly assignee: AssigneeChoice;
  /** Part of the title. */
  readonly text: string;
  /** Counted from 1. */
  readonly page: number;
}

export const incidentUrlKeys = ['severity', 'kind', 'state', 'unacknowledged', 'assignee', 'q', 'page'];

export const incidentPageSize = 50;

/** The server skips at most this many incidents. */
const maxOffset = 100_000;

const maxTextLength = 500;

/** What "Clear filters" takes away. */
export const withoutIncidentFilters: IncidentSettings = {
  ...{ severities: [], kinds: [], state: undefined, isUnacknowledgedOnly: false, assignee: '', text: '', page: 1 },
};

const states: readonly AnomalyState[] = ['open', 'closed', 'withdrawn'];

export function incidentSettingsToUrl(settings: IncidentSettings): SceneObjectUrlValues {
  return {
    severity: [...settings.severities],
    kind: [...settings.kinds],
    state: settings.state,
    unacknowledged: settings.isUnacknowledgedOnly ? 'true' : undefined,
    assignee: settings.assignee === '' ? undefined : settings.assignee,
    q: settings.text === '' ? undefined : settings.text,
    page: settings.page === 1 ? undefined : String(settings.page),
  };
}

/** Reads settings from URL values; what is missing or makes no sense becomes the default. */
export function incidentSettingsFromUrl(values: SceneObjectUrlValues): IncidentSettings {
  return {
    severities: knownValues(values.severity, severities),
    kinds: knownValues(values.kind, kinds),
    state: knownValue(values.state, states),
    isUnacknowledgedOnly: firstValue(values.unacknowledged) === 'true',
    assignee: (firstValue(values.assignee) ?? '').slice(0, maxAssigneeLength),
    text: (firstValue(values.q) ?? '').slice(0, maxTextLength),
    page: pageNumber(values.page, maxOffset / incidentPageSize),
  };
}

export function hasIncidentFilters(settings: IncidentSettings): boolean {
  return (
    settings.severities.length > 0 ||
    settings.kinds.length > 0 ||
    settings.state !== undefined ||
    settings.isUnacknowledgedOnly ||
    settings.assignee !== '' ||
    settings.text !== ''
  );
}
