// Addresses of the pages about anomalies, causes and investigations, without the sub-path of Grafana unless a name says href.
import { locationUtil } from '@grafana/data';
import { appPath } from './plugin-paths';

export const anomaliesPath = `${appPath}/anomalies`;
export const incidentsPath = `${anomaliesPath}/incidents`;
export const anomalyEventsPath = `${anomaliesPath}/events`;
export const suppressionsPath = `${anomaliesPath}/suppressions`;
export const deploysPath = `${anomaliesPath}/deploys`;
export const rehearsalPath = `${anomaliesPath}/rehearsal`;
export const rootCausePath = `${appPath}/root-cause`;
export const investigationsPath = `${appPath}/investigations`;

function href(path: string, search = ''): string {
  return locationUtil.assureBaseUrl(`${path}${search}`);
}

export function incidentHref(incidentId: string, search = ''): string {
  return href(`${incidentsPath}/${encodeURIComponent(incidentId)}`, search);
}

export function anomalyEventHref(eventId: string): string {
  return href(`${anomalyEventsPath}/${encodeURIComponent(eventId)}`);
}

export function analysisHref(analysisId: string): string {
  return href(`${rootCausePath}/${encodeURIComponent(analysisId)}`);
}

export function investigationHref(investigationId: string): string {
  return href(`${investigationsPath}/${encodeURIComponent(investigationId)}`);
}

/** What the start form of the root cause page begins with. */
export interface RootCauseStart {
  readonly incident?: string;
  readonly cluster?: string;
  readonly service?: string;
  readonly trace?: string;
  /** ISO 8601 or milliseconds since 1970. */
  readonly from?: string;
  readonly to?: string;
  readonly baselineFrom?: string;
  readonly baselineTo?: string;
  /** The investigation that the analysis is attached to. */
  readonly investigation?: string;
}

export function rootCauseHref(start: RootCauseStart): string {
  const fields = Object.entries(start).filter((field): field is [string, string] => typeof field[1] === 'string');
  return href(rootCausePath, `?${new URLSearchParams(fields).toString()}`);
}
