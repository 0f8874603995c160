import type { AuditRecord, Notice } from '@loghunter/ports';
import type { AnomalyFeature } from '../../anomalies/anomaly-feature.ts';
import { acknowledgeIncidents } from '../../anomalies/incident-routes.ts';
import { isProblemError } from '../../http/problem-error.ts';
import type { CallContext } from '../../http/route-handlers.ts';
import { createInvestigation } from '../../investigations/investigations.ts';
import type { RootCauseFeature } from '../../root-cause/root-cause-feature.ts';
import { changeWork } from '../../work-list/change-work.ts';
import type { WorkListFeature } from '../../work-list/work-list-feature.ts';
import { clusterUrl, incidentUrl, investigationUrl } from './notice-links.ts';
import type { ActionName } from './signed-action.ts';

/** What buttons work on: what the routes of the same purpose work on. */
export type ActionFeature = AnomalyFeature & WorkListFeature & RootCauseFeature;

/** What came of an action. */
export interface ActionResult {
  /** One sentence, past tense. */
  readonly text: string;
  /** Page of what it was about; null: there is no Grafana to link to. */
  readonly url: string | null;
  /** What the audit log names. */
  readonly object: AuditRecord['object'];
}

type Perform = (
  feature: ActionFeature,
  notice: Notice,
  context: CallContext,
  grafanaRootUrl: string | null
) => Promise<ActionResult>;

const dayMs = 86_400_000;
const maxTitleCharacters = 200;

const performers: Readonly<Record<ActionName, Perform>> = {
  async acknowledge(feature, notice, context, root) {
    const id = notice.incidentId ?? '';
    await acknowledgeIncidents(feature, { ids: [id], acknowledged: true }, context);
    return {
      text: 'The incident is acknowledged.',
      url: root === null ? null : incidentUrl(root, id),
      object: { kind: 'incidents', id },
    };
  },
  async ignore(feature, notice, context, root) {
    const id = notice.clusterId ?? '';
    const at = new Date(feature.clock.nowMs() + dayMs).toISOString();
    const action = { kind: 'ignore' as const, until: { kind: 'time' as const, at } };
    await changeWork(feature, { clusterIds: [id], action }, context);
    return {
      text: `The cluster is ignored until ${at.slice(0, 16).replace('T', ' ')} UTC; its lines are still counted.`,
      url: root === null ? null : clusterUrl(root, id),
      object: { kind: 'clusters', id },
    };
  },
  async 'ignore-until-10x'(feature, notice, context, root) {
    const id = notice.clusterId ?? '';
    const action = { kind: 'ignore' as const, until: { kind: 'rate' as const, factor: 10 } };
    await changeWork(feature, { clusterIds: [id], action }, context);
    return {
      text: 'The cluster is ignored until it comes ten times as often as now; its lines are still counted.',
      url: root === null ? null : clusterUrl(root, id),
      object: { kind: 'clusters', id },
    };
  },
  async 'open-case'(feature, notice, context, root) {
    const toText = (ms: number) => new Date(ms).toISOString();
    const { id } = await createInvestigation(
      feature,
      {
        title: notice.title.slice(0, maxTitleCharacters),
        from: toText(notice.range.fromMs),
        to: toText(notice.range.toMs),
        ...(notice.service === '' ? {} : { services: [notice.service] }),
        ...(notice.clusterId === null ? {} : { clusterIds: [notice.clusterId] }),
        ...(notice.incidentId === null ? {} : { incidentId: notice.incidentId }),
      },
      context
    );
    return {
      text: 'An investigation is open.',
      url: root === null ? null : investigationUrl(root, id),
      object: { kind: 'investigations', id },
    };
  },
};

/** Does what a button says, as its route does; null when what it is about is gone. */
export async function performAction(
  name: ActionName,
  feature: ActionFeature,
  notice: Notice,
  context: CallContext,
  grafanaRootUrl: string | null
): Promise<ActionResult | null> {
  try {
    return await performers[name](feature, notice, context, grafanaRootUrl);
  } catch (error) {
    if (isProblemError(error) && error.code === 'not-found') {
      return null;
    }
    throw error;
  }
}
