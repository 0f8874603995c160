import type { ListSimilarInvestigationsResponse, RequestOf } from '@loghunter/contracts';
import { toTimestamp } from '../http/time-range.ts';
import type { RootCauseFeature } from '../root-cause/root-cause-feature.ts';
import { presentSummary } from './present-investigation.ts';
import { requireInvestigation } from './show-investigation.ts';

/** More are no help to somebody in a hurry. */
const maxSimilarCount = 10;

type Similar = ListSimilarInvestigationsResponse['similar'][number];

/** `GET /api/v1/investigations/{id}/similar` */
export async function listSimilarInvestigations(
  feature: RootCauseFeature,
  { id }: RequestOf<'listSimilarInvestigations'>
): Promise<ListSimilarInvestigationsResponse> {
  await requireInvestigation(feature, id);
  const found = await feature.investigations.listSimilar(feature.tenantId, id, maxSimilarCount);
  const similar = found.map(({ investigation, commonClusterIds, unionCount }): Similar => {
    const day = toTimestamp(investigation.range.fromMs).slice(0, 10);
    const fix =
      investigation.resolution === ''
        ? `it is ${investigation.state}, and nobody wrote down what helped`
        : `what helped: ${investigation.resolution}`;
    return {
      investigation: presentSummary(investigation),
      similarity: Math.round((commonClusterIds.length / Math.max(1, unionCount)) * 1000) / 1000,
      commonClusterIds: [...commonClusterIds],
      text: `Seen before on ${day}, with ${commonClusterIds.length} of the same clusters; ${fix}`,
    };
  });
  return { similar };
}
