import type { AnnotationBoard, Notice, NoticeStore } from '@loghunter/ports';
import type { JobKind } from '../jobs/job-kind.ts';
import { describeFacts } from './messages/message.ts';

/** Name of the kind of job that writes an annotation. */
export const annotationJobKind = 'incident-annotation';

/** Kinds of notices after which an incident's annotation is another one. */
export const annotatedKinds: ReadonlySet<Notice['kind']> = new Set([
  'incident-opened',
  'incident-raised',
  'incident-closed',
]);

/** What writing annotations needs. */
export interface AnnotationParts {
  readonly notices: NoticeStore;
  readonly board: AnnotationBoard;
}

/** Somebody at work on Grafana: after half an hour the annotation is of no use to whoever looks at graphs now. */
const retryDelaysSeconds = [10, 60, 300, 1200];
/** Incidents begin before they are known and are found again after they end. */
const marginMs = 86_400_000;

/** Writes an incident into Grafana's time axis, and where it ended: one annotation each, found again by its tag. */
export function createAnnotationKind({ notices, board }: AnnotationParts): JobKind {
  return {
    name: annotationJobKind,
    role: 'admin',
    retryDelaysSeconds,
    async run({ tenantId, job }) {
      const notice = await notices.get(tenantId, String(job.input['noticeId']));
      if (notice?.incidentId == null) {
        return { isWritten: false };
      }
      const { fromMs, toMs } = notice.range;
      const annotation = {
        fromMs,
        toMs: notice.kind === 'incident-closed' ? toMs : null,
        tags: ['loghunter', 'incident', `incident:${notice.incidentId}`, `severity:${notice.severity.toLowerCase()}`],
        text: toText(notice),
      };
      const range = { fromMs: fromMs - marginMs, toMs: toMs + marginMs };
      const [before] = await board.find([`incident:${notice.incidentId}`], range);
      if (before === undefined) {
        await board.create(annotation);
      } else if (before.toMs === null || annotation.toMs !== null) {
        // What is ended stays so, in whatever order the jobs come.
        await board.change(before.id, { ...annotation, fromMs: before.fromMs });
      }
      return { isWritten: true };
    },
  };
}

function toText(notice: Notice): string {
  const facts = describeFacts(notice).map(([name, value]) => `${name}: ${value}`);
  return [notice.title, ...facts].join('\n');
}
