import type {
  AnomalyStore,
  AuditRecord,
  Clock,
  InvestigationStore,
  Notice,
  NoticeKind,
  NoticeStore,
} from '@loghunter/ports';
import type { LinkSettings } from './notice-links.ts';
import { incidentUrl, investigationUrl } from './notice-links.ts';
import type { ActionName } from './signed-action.ts';

/** What came of an action. */
export interface ActionResult {
  /** One sentence, past tense. */
  readonly text: string;
  /** Page of what it was about; null: there is no Grafana to link to. */
  readonly url: string | null;
  /** What the audit log names. */
  readonly object: AuditRecord['object'];
}

/** Something that a button of a message can do. */
export interface NoticeAction {
  readonly name: ActionName;
  readonly label: string;
  isFor(notice: Notice): boolean;
  /** Does it, in the unit of work around the call; null when what it is about is gone. */
  act(tenantId: string, notice: Notice, actor: AuditRecord['actor']): Promise<ActionResult | null>;
}

/** What actions work on. */
export interface NoticeActionParts {
  readonly anomalies: AnomalyStore;
  readonly investigations: InvestigationStore;
  readonly notices: NoticeStore;
  readonly clock: Clock;
  readonly links: Pick<LinkSettings, 'grafanaRootUrl'>;
}

/** Kinds after which there is nothing left to look after. */
const endings: ReadonlySet<NoticeKind> = new Set(['incident-acknowledged', 'incident-closed', 'explanation-ready']);
const maxTitleCharacters = 200;

/** Everything that buttons can do here. */
export function createNoticeActions(parts: NoticeActionParts): readonly NoticeAction[] {
  return [acknowledgement(parts), caseOpening(parts)];
}

function acknowledgement({ anomalies, notices, clock, links }: NoticeActionParts): NoticeAction {
  return {
    name: 'acknowledge',
    label: 'Acknowledge',
    isFor: ({ incidentId, kind }) => incidentId !== null && !endings.has(kind),
    async act(tenantId, notice, actor) {
      const id = notice.incidentId ?? '';
      const [incident] = await anomalies.acknowledge(tenantId, [id], { atMs: clock.nowMs(), by: actor });
      if (incident === undefined) {
        return null;
      }
      await addAcknowledgement(notices, tenantId, notice, { actor, nowMs: clock.nowMs() });
      return {
        text: `The incident is acknowledged: ${incident.title}`,
        url: links.grafanaRootUrl === null ? null : incidentUrl(links.grafanaRootUrl, id),
        object: { kind: 'incidents', id },
      };
    },
  };
}

/** Tells the channels that know the incident that somebody looks after it; once for each moment in which that is said. */
async function addAcknowledgement(
  notices: NoticeStore,
  tenantId: string,
  notice: Notice,
  { actor, nowMs }: { readonly actor: AuditRecord['actor']; readonly nowMs: number }
): Promise<void> {
  const { id: _id, ...content } = notice;
  await notices.add(tenantId, {
    ...content,
    kind: 'incident-acknowledged',
    dedupKey: `incident-acknowledged:${notice.incidentId}:${nowMs}`,
    title: `${notice.title} (by ${actor.name})`,
    createdAtMs: nowMs,
  });
}

function caseOpening({ investigations, links }: NoticeActionParts): NoticeAction {
  return {
    name: 'open-case',
    label: 'Open case',
    isFor: ({ kind }) => !endings.has(kind),
    async act(tenantId, notice, actor) {
      const title = notice.title.slice(0, maxTitleCharacters);
      const { id } = await investigations.create(tenantId, {
        ...{ title, range: notice.range, incidentId: notice.incidentId, createdBy: actor },
        services: notice.service === '' ? [] : [notice.service],
        clusterIds: notice.clusterId === null ? [] : [notice.clusterId],
      });
      await investigations.addEntry(tenantId, id, { kind: 'created', text: title, actor });
      return {
        text: `An investigation is open: ${title}`,
        url: links.grafanaRootUrl === null ? null : investigationUrl(links.grafanaRootUrl, id),
        object: { kind: 'investigations', id },
      };
    },
  };
}
