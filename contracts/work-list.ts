import { z } from 'zod';
import { Instant, Timestamp } from './time.ts';

/** Where a cluster stands in the work list. */
export const WorkState = z
  .enum(['new', 'ongoing', 'escalating', 'regressed', 'ignored', 'resolved'])
  .meta({ id: 'WorkState' });
export type WorkState = z.infer<typeof WorkState>;

const AssigneeName = z.string().trim().min(1).max(200);

/** Who looks after a cluster: a person whom LogHunter has seen, or a team that is only a name. */
export const Assignee = z
  .object({
    kind: z.enum(['person', 'team']),
    id: AssigneeName.describe("A person's stable id as `listPeople` gives it; a team's name"),
    name: AssigneeName,
  })
  .meta({ id: 'Assignee' });
export type Assignee = z.infer<typeof Assignee>;

/** What ends the ignoring of a cluster; its events are counted all the time. */
export const IgnoredUntil = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('time'), at: Timestamp }),
    z.object({
      kind: z.literal('count'),
      eventCount: z.number().int().positive().describe('Events from the moment of ignoring on'),
    }),
    z.object({
      kind: z.literal('rate'),
      factor: z.number().positive(),
      perHour: z.number().nonnegative().describe('Events an hour that were usual when it was ignored'),
    }),
  ])
  .meta({ id: 'IgnoredUntil' });
export type IgnoredUntil = z.infer<typeof IgnoredUntil>;

/** A cluster's place in the work list. */
export const Work = z
  .object({
    state: WorkState,
    since: Timestamp.describe('When it came into this state'),
    ignoredUntil: IgnoredUntil.nullable().describe('Null: not ignored, or for good'),
    resolvedIn: z.string().nullable().describe('Release that it was resolved in; null: none was named'),
    assignee: Assignee.nullable(),
  })
  .meta({ id: 'Work' });
export type Work = z.infer<typeof Work>;

/** What a person does with clusters. */
export const WorkAction = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('resolve'),
      release: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .optional()
        .describe('Lines of releases that were known before it do not open the cluster again'),
    }),
    z.strictObject({
      kind: z.literal('ignore'),
      until: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('time'), at: Instant }),
          z.strictObject({ kind: z.literal('count'), eventCount: z.number().int().min(1).max(1_000_000_000) }),
          z.strictObject({ kind: z.literal('rate'), factor: z.number().min(2).max(1000).describe('10 is usual') }),
        ])
        .optional()
        .describe('Absent: for good'),
    }),
    z.strictObject({
      kind: z
        .literal('reopen')
        .describe('Ongoing again, or acknowledged: also what is new, regressed or escalating becomes ongoing'),
    }),
    z.strictObject({ kind: z.literal('assign'), assignee: Assignee.nullable() }),
  ])
  .meta({ id: 'WorkAction' });
export type WorkAction = z.infer<typeof WorkAction>;

/** One action on one cluster or many. */
export const ChangeWorkRequest = z.object({
  clusterIds: z.array(z.uuid()).min(1).max(500),
  action: WorkAction,
});
export type ChangeWorkRequest = z.infer<typeof ChangeWorkRequest>;

const ChangedWork = z.object({ clusterId: z.uuid(), work: Work });

/** What an action did. */
export const ChangeWorkResponse = z
  .object({
    id: z.uuid().describe('To undo it'),
    changed: z.array(ChangedWork),
    unchangedIds: z.array(z.uuid()).describe('Clusters that were so already'),
    unknownIds: z.array(z.uuid()).describe('Ids of no cluster'),
  })
  .meta({ id: 'ChangeWorkResponse' });
export type ChangeWorkResponse = z.infer<typeof ChangeWorkResponse>;

/** Path parameter of a change. */
export const WorkChangeParams = z.object({ id: z.uuid() });

/** What undoing did. */
export const UndoWorkResponse = z
  .object({
    id: z.uuid().describe('The change that was undone'),
    restored: z.array(ChangedWork),
    leftOutIds: z
      .array(z.uuid())
      .describe('Clusters that somebody, or new lines, changed since: they stay as they are'),
  })
  .meta({ id: 'UndoWorkResponse' });
export type UndoWorkResponse = z.infer<typeof UndoWorkResponse>;

/** Somebody who may be assigned. */
export const Person = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Person' });
export type Person = z.infer<typeof Person>;

/** People who called LogHunter in the last 90 days, and who the caller is. */
export const ListPeopleResponse = z
  .object({
    people: z.array(Person).describe('By name'),
    teams: z.array(z.string()).describe('Names of teams in use, by name'),
    myId: z.string().nullable().describe("The caller's own id; null: the caller is no person"),
  })
  .meta({ id: 'ListPeopleResponse' });
export type ListPeopleResponse = z.infer<typeof ListPeopleResponse>;

/** Gives new clusters whose streams carry a label to somebody. */
export const OwnerRule = z
  .object({
    id: z.uuid(),
    label: z.string(),
    value: z.string(),
    assignee: Assignee,
    createdBy: z.string(),
    createdAt: Timestamp,
  })
  .meta({ id: 'OwnerRule' });
export type OwnerRule = z.infer<typeof OwnerRule>;

/** All owner rules, in the order in which they were made: the first that holds decides. */
export const ListOwnerRulesResponse = z
  .object({ ownerRules: z.array(OwnerRule) })
  .meta({ id: 'ListOwnerRulesResponse' });
export type ListOwnerRulesResponse = z.infer<typeof ListOwnerRulesResponse>;

/** An owner rule to make. */
export const CreateOwnerRuleRequest = z.object({
  label: z
    .string()
    .min(1)
    .max(200)
    .describe(
      'Name of a label of streams, such as team or service_name; `service` and `namespace` are as clusters have them'
    ),
  value: z.string().min(1).max(2048),
  assignee: Assignee,
});
export type CreateOwnerRuleRequest = z.infer<typeof CreateOwnerRuleRequest>;

/** Path parameter of an owner rule. */
export const OwnerRuleParams = z.object({ id: z.uuid() });

/** An owner rule that is gone. */
export const DeleteOwnerRuleResponse = z.object({ id: z.uuid() }).meta({ id: 'DeleteOwnerRuleResponse' });
export type DeleteOwnerRuleResponse = z.infer<typeof DeleteOwnerRuleResponse>;

/** What somebody wrote about a cluster. */
export const Comment = z
  .object({
    id: z.uuid(),
    clusterId: z.uuid(),
    text: z.string(),
    by: z.string(),
    isMine: z.boolean().describe('Whether the caller wrote it'),
    at: Timestamp,
  })
  .meta({ id: 'Comment' });
export type Comment = z.infer<typeof Comment>;

/** A comment to write. */
export const CreateCommentRequest = z.object({ text: z.string().trim().min(1).max(10_000) });
export type CreateCommentRequest = z.infer<typeof CreateCommentRequest>;

/** Comments of a cluster, oldest first. */
export const ListCommentsResponse = z.object({ comments: z.array(Comment) }).meta({ id: 'ListCommentsResponse' });
export type ListCommentsResponse = z.infer<typeof ListCommentsResponse>;

/** Path parameter of a comment. */
export const CommentParams = z.object({ id: z.uuid() });

/** A comment that was taken back. */
export const DeleteCommentResponse = z.object({ id: z.uuid() }).meta({ id: 'DeleteCommentResponse' });
export type DeleteCommentResponse = z.infer<typeof DeleteCommentResponse>;

/** Why a cluster came into another state or to another assignee. */
export const WorkReason = z
  .enum([
    'person',
    'undo',
    'first-line',
    'new-lines',
    'time-passed',
    'count-reached',
    'rate-reached',
    'rate-fell',
    'quiet',
    'owner-rule',
  ])
  .meta({ id: 'WorkReason' });
export type WorkReason = z.infer<typeof WorkReason>;

const entry = { id: z.string(), at: Timestamp, by: z.string().describe('A name; empty: LogHunter itself') };

/** One thing that happened to a cluster. */
export const HistoryEntry = z
  .discriminatedUnion('kind', [
    z.object({
      ...entry,
      kind: z.literal('state'),
      from: WorkState.nullable(),
      to: WorkState,
      reason: WorkReason,
      ignoredUntil: IgnoredUntil.nullable(),
      resolvedIn: z.string().nullable(),
    }),
    z.object({
      ...entry,
      kind: z.literal('assignment'),
      from: Assignee.nullable(),
      to: Assignee.nullable(),
      reason: WorkReason,
    }),
    z.object({
      ...entry,
      kind: z.literal('comment'),
      text: z.string(),
      isMine: z.boolean().describe('Whether the caller wrote it'),
    }),
    z.object({
      ...entry,
      kind: z.enum(['rule', 'rule-undone']),
      ruleId: z.uuid(),
      ruleKind: z.enum(['merge', 'rename', 'mask', 'split']),
      title: z.string().optional().describe('Of a rename'),
    }),
  ])
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** What happened to a cluster, newest first; at most the 500 newest things of each kind. */
export const ListClusterHistoryResponse = z
  .object({ entries: z.array(HistoryEntry) })
  .meta({ id: 'ListClusterHistoryResponse' });
export type ListClusterHistoryResponse = z.infer<typeof ListClusterHistoryResponse>;

/** When the caller last looked at the work list; null: never. */
export const WorkListSeenResponse = z.object({ seenAt: Timestamp.nullable() }).meta({ id: 'WorkListSeenResponse' });
export type WorkListSeenResponse = z.infer<typeof WorkListSeenResponse>;
