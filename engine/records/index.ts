export { labelOf, type Labels, type LogEntry } from './log-entry.ts';
export { defaultServiceSettings, serviceOf, unknownService } from './service.ts';
export type { ServiceIdentity, ServiceSettings } from './service.ts';
