import type { Notice, NoticeKind } from '@loghunter/ports';
import type { ActionName } from './signed-action.ts';

/** A button that a message may have. */
export interface NoticeButton {
  readonly name: ActionName;
  readonly label: string;
  readonly isFor: (notice: Notice) => boolean;
}

/** Kinds after which there is nothing left to look after. */
const endings: ReadonlySet<NoticeKind> = new Set(['incident-acknowledged', 'incident-closed', 'explanation-ready']);

/** All buttons, in the order in which messages show them. */
export const noticeButtons: readonly NoticeButton[] = [
  {
    name: 'acknowledge',
    label: 'Acknowledge',
    isFor: ({ incidentId, kind }) => incidentId !== null && !endings.has(kind),
  },
  {
    name: 'ignore',
    label: 'Ignore for a day',
    isFor: ({ clusterId, kind }) => clusterId !== null && !endings.has(kind),
  },
  {
    name: 'ignore-until-10x',
    label: 'Ignore until 10 times as many',
    isFor: ({ clusterId, kind }) => clusterId !== null && !endings.has(kind),
  },
  { name: 'open-case', label: 'Open case', isFor: ({ kind }) => !endings.has(kind) },
];
