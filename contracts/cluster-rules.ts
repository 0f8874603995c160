import { z } from 'zod';
import { LineSpan, TemplatePart } from './clusters.ts';
import { repeated, TimeRangeQuery, Timestamp } from './time.ts';

const Reach = z
  .enum(['service', 'everywhere'])
  .describe("For the cluster's own service and namespace, or for the same lines of every service. Default: service");

/** A rule to be made or tried. */
export const NewClusterRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('merge'),
      clusterIds: z.array(z.uuid()).min(1).max(100).describe('Clusters that become part of the other one'),
      intoId: z.uuid(),
    }),
    z.strictObject({
      kind: z.literal('mask'),
      clusterId: z.uuid(),
      word: z.string().min(1).max(1000).describe('Constant word of the template that varies'),
      occurrence: z
        .number()
        .int()
        .min(0)
        .max(511)
        .optional()
        .describe('Which one when it stands there more than once. Default: 0'),
      reach: Reach.optional(),
    }),
    z.strictObject({
      kind: z.literal('split'),
      clusterId: z.uuid(),
      variable: z.number().int().min(0).max(511).describe('Number of the variable place in the template, from 0'),
      reach: Reach.optional(),
    }),
    z.strictObject({
      kind: z.literal('rename'),
      clusterId: z.uuid(),
      title: z.string().trim().max(200).describe('Empty: no title'),
    }),
  ])
  .meta({ id: 'NewClusterRule' });
export type NewClusterRule = z.infer<typeof NewClusterRule>;

/** Kind of a rule that people make. */
export const ClusterRuleKind = z.enum(['merge', 'mask', 'split', 'rename']);
export type ClusterRuleKind = z.infer<typeof ClusterRuleKind>;

/** A rule that a person made. */
export const ClusterRule = z
  .object({
    id: z.uuid(),
    rule: NewClusterRule.describe('A split counts the variable places of the template without masks'),
    createdAt: Timestamp,
    createdBy: z.string(),
    undone: z.object({ at: Timestamp, by: z.string() }).nullable().describe('Null while it is in force'),
    isIdle: z.boolean().describe('In force, but decides nothing: what it masks is variable by itself by now'),
  })
  .meta({ id: 'ClusterRule' });
export type ClusterRule = z.infer<typeof ClusterRule>;

/** Query of the list of rules. */
export const ListClusterRulesRequest = z.object({
  kind: repeated(ClusterRuleKind, 4).describe('Any of these kinds'),
  includeUndone: z.enum(['true', 'false']).optional().describe('Also rules that were undone. Default: false'),
  limit: z.coerce.number().int().min(1).max(200).optional().describe('Page size. Default: 50'),
  offset: z.coerce.number().int().min(0).max(100_000).optional().describe('Rules to skip. Default: 0'),
});
export type ListClusterRulesRequest = z.infer<typeof ListClusterRulesRequest>;

/** A page of rules. */
export const ListClusterRulesResponse = z
  .object({
    rules: z.array(ClusterRule).describe('Newest change first'),
    totalCount: z.number().int().nonnegative(),
    maxRuleCount: z.number().int().positive().describe('Most that may be in force at a time'),
  })
  .meta({ id: 'ListClusterRulesResponse' });
export type ListClusterRulesResponse = z.infer<typeof ListClusterRulesResponse>;

/** Body: the rule. */
export const CreateClusterRuleRequest = z.object({ rule: NewClusterRule });
export type CreateClusterRuleRequest = z.infer<typeof CreateClusterRuleRequest>;

/** A rule that was made or undone. */
export const ClusterRuleResponse = z.object({ rule: ClusterRule }).meta({ id: 'ClusterRuleResponse' });
export type ClusterRuleResponse = z.infer<typeof ClusterRuleResponse>;

/** Path parameter of a rule. */
export const ClusterRuleParams = z.object({ id: z.uuid() });
export type ClusterRuleParams = z.infer<typeof ClusterRuleParams>;

/** Body: a rule to try, and the lines to try it on. */
export const PreviewClusterRuleRequest = z.object({
  rule: NewClusterRule,
  ...TimeRangeQuery.shape,
  events: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Newest events of the cluster to try it on. Default: 200'),
});
export type PreviewClusterRuleRequest = z.infer<typeof PreviewClusterRuleRequest>;

const Place = z.object({ clusterId: z.uuid(), templateText: z.string() });

/** What a rule would do; nothing is kept. */
export const PreviewClusterRuleResponse = z
  .object({
    changedClusterCount: z
      .number()
      .int()
      .nonnegative()
      .describe('Stored clusters that would become part of another one'),
    changedClusters: z
      .array(
        z.object({
          clusterId: z.uuid(),
          templateText: z.string(),
          intoId: z.uuid(),
          eventCount: z.number().int().nonnegative().describe('In the range'),
          lineCount: z.number().int().nonnegative(),
        })
      )
      .max(50)
      .describe('The first 50 of them'),
    eventCount: z.number().int().nonnegative().describe('Stored events in the range of those that are listed'),
    lineCount: z.number().int().nonnegative(),
    readEventCount: z.number().int().nonnegative().describe('Events read from the log store to try it on'),
    movedEventCount: z.number().int().nonnegative().describe('Of these, events that would be shown in another cluster'),
    places: z
      .array(Place.extend({ eventCount: z.number().int().nonnegative() }))
      .max(50)
      .describe('Where the events that were read would be shown, most events first'),
    placeCount: z.number().int().nonnegative().describe('How many different clusters these are'),
    examples: z
      .array(z.object({ text: z.string().describe('At most 8,192 characters'), before: Place, after: Place }))
      .max(20)
      .describe('Events that would move, each to another cluster where possible'),
  })
  .meta({ id: 'PreviewClusterRuleResponse' });
export type PreviewClusterRuleResponse = z.infer<typeof PreviewClusterRuleResponse>;

/** Body: a line or a whole event, and whose it is. */
export const ExplainEventRequest = z.object({
  text: z.string().min(1).max(32_768).describe('The line; several lines for a stack trace'),
  service: z.string().max(2048).optional().describe('Default: empty'),
  namespace: z.string().max(2048).optional().describe('Default: empty'),
});
export type ExplainEventRequest = z.infer<typeof ExplainEventRequest>;

const Token = z.object({ text: z.string(), type: z.string() });

const Frame = z
  .object({
    name: z.string(),
    path: z.string(),
    reason: z.enum(['application', 'runtime', 'raising', 'nameless']),
    mark: z.string().describe('Beginning of the name or part of the path that tells a runtime or library; else empty'),
    isUsed: z.boolean().describe('Whether the cluster is decided by it'),
  })
  .meta({ id: 'ExplainedFrame' });

/** Why an event is in its cluster. */
export const ExplainEventResponse = z
  .object({
    line: z.string().describe('What decides and what spans are of; without private text where templates would keep it'),
    isRedacted: z.boolean(),
    signature: z.string().describe('Equal for lines that differ in variables and header only'),
    spans: z.array(LineSpan),
    fields: z.record(z.string(), z.string()).describe('Header fields, which take no part'),
    kept: z.array(Token),
    masked: z.array(Token),
    trace: z
      .object({
        language: z.string(),
        usesMessage: z.boolean().describe("No frame is the application's, so that the message decides as well"),
        exceptions: z.array(z.object({ type: z.string(), message: z.string(), frames: z.array(Frame) })),
      })
      .nullable(),
    steps: z
      .array(
        z.object({
          by: z.enum(['event', 'learned', 'user']).describe('The event alone, learned rules, or rules of people'),
          ruleIds: z.array(z.uuid()).describe('Rules of people that took part'),
          clusterId: z.uuid(),
          templateText: z.string(),
        })
      )
      .describe(
        'The cluster by the event alone, then after each kind of rule that changed it; the last one is where it is shown'
      ),
    template: z.array(TemplatePart).describe('Of the last step'),
  })
  .meta({ id: 'ExplainEventResponse' });
export type ExplainEventResponse = z.infer<typeof ExplainEventResponse>;
