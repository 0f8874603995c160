import { z } from 'zod';
import { ListClustersRequest } from './clusters.ts';
import { WorkAction } from './work-list.ts';

/** Which clusters of a list are meant: its filters. */
export const MatchingClusters = ListClustersRequest.omit({
  ...{ sort: true, order: true, limit: true, offset: true, cursor: true },
}).strict();

/** One action on every cluster of a list; refused whole when more than 10,000 match. */
export const ChangeMatchingWorkRequest = z.object({ filter: MatchingClusters, action: WorkAction });
export type ChangeMatchingWorkRequest = z.infer<typeof ChangeMatchingWorkRequest>;

/** What an action on a list did. */
export const ChangeMatchingWorkResponse = z
  .object({
    id: z.uuid().describe('To undo it, all of it at once'),
    changedCount: z.number().int().nonnegative(),
    unchangedCount: z.number().int().nonnegative().describe('Clusters that were so already'),
  })
  .meta({ id: 'ChangeMatchingWorkResponse' });
export type ChangeMatchingWorkResponse = z.infer<typeof ChangeMatchingWorkResponse>;
