import type { Deploy, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { Clock, DeployRow, DeployStore } from '@loghunter/ports';
import type { CallContext } from '../http/route-handlers.ts';
import { presentRange, readInstant, readTimeRange, toTimestamp } from '../http/time-range.ts';

/** What requests for deploys need. */
export interface DeployFeature {
  readonly tenantId: string;
  readonly deploys: DeployStore;
  readonly clock: Clock;
}

const defaultLimit = 50;

/** `POST /api/v1/deploys` */
export async function createDeploy(
  feature: DeployFeature,
  request: RequestOf<'createDeploy'>,
  { principal }: CallContext
): Promise<Deploy> {
  const { service, namespace = '', version, at, link = null, source = 'api' } = request;
  const deployedAtMs = at === undefined ? feature.clock.nowMs() : readInstant(at, 'at');
  return presentDeploy(
    await feature.deploys.create(feature.tenantId, {
      ...{ service, namespace, version, deployedAtMs, link, source },
      createdBy: principal.actor,
    })
  );
}

/** `GET /api/v1/deploys` */
export async function listDeploys(
  feature: DeployFeature,
  request: RequestOf<'listDeploys'>
): Promise<ResponseOf<'listDeploys'>> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const { limit = defaultLimit, offset = 0, service: services = [] } = request;
  const found = await feature.deploys.list(feature.tenantId, { range, services }, { limit, offset });
  return { range: presentRange(range), deploys: found.deploys.map(presentDeploy), totalCount: found.totalCount };
}

/** A deploy as the API shows it. */
export function presentDeploy(row: DeployRow): Deploy {
  return {
    id: row.id,
    service: row.service,
    namespace: row.namespace,
    version: row.version,
    deployedAt: toTimestamp(row.deployedAtMs),
    link: row.link,
    source: row.source,
    createdBy: row.createdBy.name,
  };
}
