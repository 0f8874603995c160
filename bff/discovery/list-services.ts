import type { ListServicesResponse, RequestOf } from '@loghunter/contracts';
import type { DiscoveryFeature } from './discovery-feature.ts';

/** Answers the services and namespaces that have streams. */
export async function listServices(
  feature: DiscoveryFeature,
  request: RequestOf<'listServices'>
): Promise<ListServicesResponse> {
  const services = await feature.clusters.listServices(feature.tenantId, request.namespace ?? []);
  return { services: services.map(({ service, namespace }) => ({ service, namespace })) };
}
