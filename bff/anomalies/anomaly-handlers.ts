import { createDeploy, listDeploys } from '../deploys/deploy-routes.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { getServiceSeries, listAnomalyEvents } from './event-routes.ts';
import { deleteSuppression, giveAnomalyFeedback, listSuppressions } from './feedback-routes.ts';
import { getAnomalyEvent, type EventFeature } from './get-anomaly-event.ts';
import { assignIncidents } from './assign-incidents.ts';
import { acknowledgeIncidents, getIncident, listIncidents } from './incident-routes.ts';
import { startRehearsal } from './start-rehearsal.ts';

type ForTenant = <Request, Answer>(
  answer: (features: EventFeature, request: Request, context: CallContext) => Promise<Answer>
) => (request: Request, context: CallContext) => Promise<Answer>;

/** What answers each row of `anomalyRoutes`. */
export function createAnomalyHandlers(forTenant: ForTenant) {
  return {
    listIncidents: forTenant(listIncidents),
    getIncident: forTenant(getIncident),
    acknowledgeIncidents: forTenant(acknowledgeIncidents),
    assignIncidents: forTenant(assignIncidents),
    listAnomalyEvents: forTenant(listAnomalyEvents),
    getAnomalyEvent: forTenant(getAnomalyEvent),
    giveAnomalyFeedback: forTenant(giveAnomalyFeedback),
    listSuppressions: forTenant(listSuppressions),
    deleteSuppression: forTenant(deleteSuppression),
    startRehearsal: forTenant(startRehearsal),
    getServiceSeries: forTenant(getServiceSeries),
    createDeploy: forTenant(createDeploy),
    listDeploys: forTenant(listDeploys),
  };
}
