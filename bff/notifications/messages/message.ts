import { compareSeverities } from '@loghunter/engine/notifications';
import type { DeliveryRow, Notice, NoticeKind } from '@loghunter/ports';

/** A link, or a button that asks before it acts. */
export interface MessageLink {
  readonly label: string;
  readonly url: string;
}

/** One notice in a message: texts are redacted and cut. */
export interface MessageItem {
  readonly notice: Notice;
  readonly links: readonly MessageLink[];
  readonly buttons: readonly MessageLink[];
}

/** What a channel is told; the same at every attempt. */
export interface Message {
  /** Stable id, of the delivery. */
  readonly id: string;
  readonly tenantId: string;
  readonly createdAtMs: number;
  readonly isTest: boolean;
  readonly items: readonly MessageItem[];
  /** Notices that did not find room. */
  readonly moreCount: number;
}

/** What makes messages. */
export interface MessageParts {
  readonly redact: (text: string) => string;
  readonly linksOf: (notice: Notice) => Promise<readonly MessageLink[]>;
  readonly buttonsOf: (notice: Notice, delivery: Pick<DeliveryRow, 'id' | 'dueAtMs'>) => readonly MessageLink[];
}

/** As many as a person reads on a telephone; the others are counted. */
const maxItems = 5;
/** Three lines of this length fit a screen, and five notices the 20 kB that Standard Webhooks recommends. */
const maxLineCharacters = 300;

/**
 * What was just found and what is graver comes first, so that what is counted only matters least. Throws what `linksOf` throws.
 */
export async function createMessage(
  parts: MessageParts,
  tenantId: string,
  delivery: Pick<DeliveryRow, 'id' | 'createdAtMs' | 'dueAtMs' | 'isTest'>,
  notices: readonly Notice[]
): Promise<Message> {
  const ordered = notices.toSorted(
    (a, b) => compareSeverities(b.severity, a.severity) || b.createdAtMs - a.createdAtMs
  );
  const items = await Promise.all(
    ordered.slice(0, maxItems).map(async (notice) => ({
      notice: redactNotice(notice, parts.redact),
      links: await parts.linksOf(notice),
      buttons: delivery.isTest ? [] : parts.buttonsOf(notice, delivery),
    }))
  );
  return {
    ...{ id: delivery.id, tenantId, createdAtMs: delivery.createdAtMs, isTest: delivery.isTest, items },
    moreCount: notices.length - items.length,
  };
}

// Writers have redacted them; a rule that was added since holds as well.
function redactNotice(notice: Notice, redact: (text: string) => string): Notice {
  const clean = (text: string) => cut(redact(text));
  return {
    ...notice,
    title: clean(notice.title),
    lines: notice.lines.map(clean),
    suspectDeploy: notice.suspectDeploy === null ? null : clean(notice.suspectDeploy),
    verdict: notice.verdict === null ? null : clean(notice.verdict),
  };
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= maxLineCharacters
    ? line
    : `${line.slice(0, maxLineCharacters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const kindWords: Readonly<Record<NoticeKind, string>> = {
  'incident-opened': 'Incident opened',
  'incident-raised': 'Incident more severe',
  'incident-analysed': 'Incident analysed',
  'incident-acknowledged': 'Incident acknowledged',
  'incident-closed': 'Incident closed',
  'cluster-new': 'New cluster',
  'cluster-regressed': 'Cluster is back',
  'cluster-escalating': 'Cluster is escalating',
  'explanation-ready': 'Explanation ready',
};

/** The kind of a notice in words. */
export function describeKind(kind: NoticeKind): string {
  return kindWords[kind];
}

/** The message in one line. */
export function describeMessage(message: Message): string {
  const [first] = message.items;
  const mark = message.isTest ? 'Test: ' : '';
  if (first === undefined) {
    return `${mark}nothing to tell`;
  }
  const { notice } = first;
  const one = `${mark}[${notice.severity}] ${describeKind(notice.kind)}: ${notice.title}`;
  const others = message.items.length - 1 + message.moreCount;
  return others === 0 ? one : `${one} (and ${others} more)`;
}

/** What is known of a notice, as pairs of a word and a value. */
export function describeFacts(notice: Notice): ReadonlyArray<readonly [name: string, value: string]> {
  const facts: ReadonlyArray<readonly [string, string | null]> = [
    ['Service', notice.namespace === '' ? notice.service : `${notice.namespace} / ${notice.service}`],
    ['Count', `${notice.count} from ${describeTime(notice.range.fromMs)} to ${describeTime(notice.range.toMs)}`],
    ['First seen', notice.firstSeenAtMs === null ? null : describeTime(notice.firstSeenAtMs)],
    ['Cluster', notice.clusterId],
    ['Suspect deploy', notice.suspectDeploy],
    ['Verdict', notice.verdict],
  ];
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]));
}

// Readers sit in many time zones: the one that all know, named.
function describeTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
