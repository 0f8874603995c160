/** What people may be told of. */
export type NoticeKind =
  | 'incident-opened'
  | 'incident-raised'
  | 'incident-analysed'
  | 'incident-acknowledged'
  | 'incident-closed'
  | 'cluster-new'
  | 'cluster-regressed'
  | 'cluster-escalating'
  | 'explanation-ready';

/** How much it matters, the least first. */
export type NoticeSeverity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

/** What the writer of a notice says. Texts are sanitised by the writer: secrets and personal data removed. */
export interface NewNotice {
  readonly kind: NoticeKind;
  /**
   * Names what happened, for good: a notice is kept once under its key, however often it is added. Example:
   * `incident-opened:<incident id>`; a thing that can happen again carries its moment, `cluster-regressed:<cluster id>:<ms>`. So does
   * an incident that goes on again: `incident-opened:<incident id>:<ms of its end>`.
   */
  readonly dedupKey: string;
  readonly severity: NoticeSeverity;
  /** Empty: of no one service. */
  readonly service: string;
  /** May be empty, as a service's namespace may. */
  readonly namespace: string;
  readonly clusterId: string | null;
  readonly incidentId: string | null;
  /** One sentence, 300 characters at most; the rest is cut off. */
  readonly title: string;
  /** Sanitised lines, the most telling first: three at most, 1,000 characters each; what is more is cut off. */
  readonly lines: readonly string[];
  /** Events in `range`. */
  readonly count: number;
  /** When the cluster, or what the incident is about, was seen first, milliseconds since 1970; null: not known. */
  readonly firstSeenAtMs: number | null;
  /** What happened then, milliseconds since 1970, end exclusive: the range of links. */
  readonly range: { readonly fromMs: number; readonly toMs: number };
  /** LogQL that shows the lines in Explore; null: links lead to the stream of the service. */
  readonly query: string | null;
  /** The deploy that is suspected, in words such as `checkout v2.41.0`; null: none. */
  readonly suspectDeploy: string | null;
  /** What the analysis found, in one sentence; null: nothing, or not yet. */
  readonly verdict: string | null;
  /** Milliseconds since 1970, by the writer's clock. */
  readonly createdAtMs: number;
}

/** A notice as it is kept. */
export interface Notice extends NewNotice {
  readonly id: string;
}

/**
 * The outbox of what people are told. Whoever finds something adds a notice in the very transaction that writes the finding (the
 * store joins the `UnitOfWork` around it), so that neither is there without the other; who is told, how and when is decided later.
 * Throws `PortError` of the database.
 */
export interface NoticeStore {
  /** Keeps the notice, or leaves the one that has its key as it is. */
  add(tenantId: string, notice: NewNotice): Promise<{ readonly notice: Notice; readonly isNew: boolean }>;
  get(tenantId: string, id: string): Promise<Notice | null>;
  /**
   * Takes notices that nobody has taken yet, the oldest first, `limit` at most: they are not given again once the unit of work
   * around the call commits. Two that take at the same time get different ones.
   */
  take(tenantId: string, limit: number): Promise<readonly Notice[]>;
  /** Deletes notices that were taken and made before `cutMs`, `limit` at most; returns how many. */
  deleteTakenBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}

const maxTitleCharacters = 300;
const maxLineCount = 3;
const maxLineCharacters = 1000;

/** A notice with its texts inside their bounds; a text that is cut ends in an ellipsis. */
export function boundNotice(notice: NewNotice): NewNotice {
  return {
    ...notice,
    title: cut(notice.title, maxTitleCharacters),
    lines: notice.lines.slice(0, maxLineCount).map((line) => cut(line, maxLineCharacters)),
    suspectDeploy: notice.suspectDeploy === null ? null : cut(notice.suspectDeploy, maxTitleCharacters),
    verdict: notice.verdict === null ? null : cut(notice.verdict, maxLineCharacters),
  };
}

// What is cut may end inside a pair of surrogates: the half goes as well.
function cut(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
