import type { DeployFacts } from '@loghunter/engine/detection';
import type { DeployStore, MinuteRange } from '@loghunter/ports';

const minuteMs = 60_000;
/** How long after a deploy it matters to the detectors. */
const relevantMs = 2 * 60 * minuteMs;
/** More deploys than this in an hour or two are no occasion any more. */
const maxDeploys = 500;

/** Deploys that matter to the minutes of the range. */
export async function readDeploys(
  { deploys, tenantId }: { readonly deploys: DeployStore; readonly tenantId: string },
  range: MinuteRange
): Promise<readonly DeployFacts[]> {
  const found = await deploys.list(
    tenantId,
    { range: { fromMs: range.fromMs - relevantMs, toMs: range.toMs }, services: [] },
    { limit: maxDeploys, offset: 0 }
  );
  return found.deploys.map(({ service, namespace, version, deployedAtMs }) => ({
    ...{ service, namespace, version },
    minute: Math.floor(deployedAtMs / minuteMs),
  }));
}
