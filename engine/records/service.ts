import { labelOf, type Labels } from './log-entry.ts';

/** Which labels name the service and the namespace of a stream; the first one that is present and not empty counts. */
export interface ServiceSettings {
  readonly serviceLabels: readonly string[];
  readonly namespaceLabels: readonly string[];
}

/**
 * Settings that fit most collectors. After OpenTelemetry's `service_name`, the labels that Loki itself tries for its
 * service name, in Loki's order (source: `discover_service_name` in Loki's configuration reference).
 */
export const defaultServiceSettings: ServiceSettings = {
  serviceLabels: [
    'service_name',
    'service',
    'app',
    'application',
    'app_name',
    'name',
    'app_kubernetes_io_name',
    'container',
    'container_name',
    'k8s_container_name',
    'component',
    'workload',
    'job',
    'k8s_job_name',
    'syslog_identifier',
    'unit',
  ],
  namespaceLabels: [
    'service_namespace',
    'namespace',
    'k8s_namespace_name',
    'kubernetes_namespace',
    'exported_namespace',
  ],
};

/** Name of the service of streams that have no label for it. */
export const unknownService = 'unknown';

/** The service that a stream belongs to. */
export interface ServiceIdentity {
  readonly service: string;
  /** Empty when the stream has no namespace label. */
  readonly namespace: string;
}

/**
 * Returns the service and namespace that a stream's labels name. Loki's `unknown_service` and OpenTelemetry's
 * `unknown_service:<process>` say that nobody knew a name, so a later label is preferred to them.
 */
export function serviceOf(labels: Labels, settings: ServiceSettings = defaultServiceSettings): ServiceIdentity {
  const service = firstValue(labels, settings.serviceLabels, isPlaceholder);
  return {
    service: service ?? unknownService,
    namespace: firstValue(labels, settings.namespaceLabels, () => false) ?? '',
  };
}

function firstValue(
  labels: Labels,
  names: readonly string[],
  isUnusable: (value: string) => boolean
): string | undefined {
  for (const name of names) {
    const value = labelOf(labels, name)?.trim();
    if (value && !isUnusable(value)) {
      return value;
    }
  }
  return undefined;
}

function isPlaceholder(value: string): boolean {
  return value === 'unknown_service' || value.startsWith('unknown_service:');
}
