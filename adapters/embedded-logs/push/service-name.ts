import type { Labels } from '@loghunter/engine/records';

// Loki's default list (limits_config.discover_service_name, Loki 3.7), in its order.
const sources =
  'service app application app_name name app_kubernetes_io_name container container_name k8s_container_name component workload job k8s_job_name';

/** The labels with `service_name`, which Loki adds at the push to a stream that has none. */
export function withServiceName(labels: Labels): Labels {
  if ('service_name' in labels) {
    return labels;
  }
  const source = sources.split(' ').find((name) => name in labels);
  return { ...labels, service_name: (source === undefined ? undefined : labels[source]) ?? 'unknown_service' };
}
