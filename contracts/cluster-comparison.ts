import { z } from 'zod';
import { Coverage, Level } from './clusters.ts';
import { Deploy } from './anomalies.ts';
import { Instant, repeated, TimeRange, TimeRangeQuery } from './time.ts';

/** What became of a cluster: `new` and `gone` have no event on one side. */
export const ChangeKind = z.enum(['new', 'gone', 'up', 'down', 'unchanged']).meta({ id: 'ChangeKind' });
export type ChangeKind = z.infer<typeof ChangeKind>;

/** Query of a comparison of two time ranges; `from` and `to` are the later one. */
export const CompareClustersRequest = TimeRangeQuery.extend({
  beforeFrom: Instant.optional().describe(
    'Start of the range before. Default: as long before `beforeTo` as the range is'
  ),
  beforeTo: Instant.optional().describe('End of the range before. Default: `from`'),
  beforeService: repeated(z.string().max(2048), 50).describe(
    'Compare services: the side before is these, at the same time unless its range is given; clusters with the same template are one'
  ),
  label: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Compare values of a label of streams: lines whose streams have `value` with those that have `beforeValue`, at the same time unless a range before is given, over at most 24 hours'
    ),
  value: repeated(z.string().max(2048), 50).describe('Any of these values of `label`'),
  beforeValue: repeated(z.string().max(2048), 50).describe('The side before: any of these values of `label`'),
  deploy: z
    .uuid()
    .optional()
    .describe(
      'Compare before and after this deploy: an hour of its service on both sides, or what there is since; in place of the ranges'
    ),
  service: repeated(z.string().max(2048), 50).describe('Any of these services'),
  namespace: repeated(z.string().max(2048), 50).describe('Any of these namespaces'),
  level: repeated(Level, 7).describe('Any of these levels; counts then hold these levels only'),
  kind: repeated(ChangeKind, 5).describe('Only these changes. Default: all but unchanged'),
  limit: z.coerce.number().int().min(1).max(500).optional().describe('Default: 100'),
});
export type CompareClustersRequest = z.infer<typeof CompareClustersRequest>;

/** One cluster on both sides. */
export const ClusterChange = z
  .object({
    id: z.uuid(),
    service: z.string(),
    namespace: z.string(),
    level: Level,
    templateText: z.string(),
    title: z.string().optional().describe('Given by a person; absent when nobody did'),
    kind: ChangeKind,
    isSignificant: z
      .boolean()
      .describe('Chance is an unlikely reason. Always so for up and down; new and gone ones may be rare ones'),
    countBefore: z.number().int().nonnegative(),
    countAfter: z.number().int().nonnegative(),
    ratio: z.number().nullable().describe('Rate after by rate before; null when there was none before'),
    ratioLow: z.number().describe('The true ratio lies between this ...'),
    ratioHigh: z.number().nullable().describe('... and this, with 95 % confidence; null: no upper bound'),
    probability: z.number().min(0).max(1).describe('Chance of counts at least this uneven when nothing changed'),
  })
  .meta({ id: 'ClusterChange' });
export type ClusterChange = z.infer<typeof ClusterChange>;

/** One side of a comparison. */
const Side = z.object({
  range: TimeRange,
  readMs: z.number().int().nonnegative().describe('How much of the range has been read: rates are per this time'),
  eventCount: z.number().int().nonnegative(),
  clusterCount: z.number().int().nonnegative(),
  coverage: Coverage,
});

/** Clusters whose rate of events changed between two time ranges. */
export const CompareClustersResponse = z
  .object({
    before: Side,
    after: Side,
    changes: z.array(ClusterChange).describe('Significant ones first, then by the change that is sure'),
    totalChangeCount: z.number().int().nonnegative().describe('Changes of the asked kinds'),
    deploy: Deploy.nullable().describe('The deploy that was asked for; null: none was'),
    leftOutClusterCount: z
      .number()
      .int()
      .nonnegative()
      .describe('Clusters that could not be compared: there are too many, and these are among the rarest'),
  })
  .meta({ id: 'CompareClustersResponse' });
export type CompareClustersResponse = z.infer<typeof CompareClustersResponse>;
