/** The service that a series belongs to. */
export interface ServiceRef {
  readonly service: string;
  readonly namespace: string;
}

/** Key of the series of a service's lines and errors. */
export function serviceKey({ service, namespace }: ServiceRef): string {
  return `service:${JSON.stringify([namespace, service])}`;
}

/** Key of the series of a cluster's events. */
export function clusterKey(clusterId: string): string {
  return `cluster:${clusterId}`;
}
