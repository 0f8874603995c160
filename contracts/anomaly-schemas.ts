import * as anomalies from './anomalies.ts';
import { Job } from './jobs.ts';

/** Schemas of the routes of incidents, anomaly events, rehearsals and deploys. */
export const anomalySchemas = {
  listIncidents: { query: anomalies.ListIncidentsRequest, response: anomalies.ListIncidentsResponse },
  getIncident: { params: anomalies.AnomalyParams, response: anomalies.GetIncidentResponse },
  acknowledgeIncidents: {
    body: anomalies.AcknowledgeIncidentsRequest,
    response: anomalies.AcknowledgeIncidentsResponse,
  },
  assignIncidents: { body: anomalies.AssignIncidentsRequest, response: anomalies.AssignIncidentsResponse },
  listAnomalyEvents: { query: anomalies.ListAnomalyEventsRequest, response: anomalies.ListAnomalyEventsResponse },
  getAnomalyEvent: { params: anomalies.AnomalyParams, response: anomalies.GetAnomalyEventResponse },
  giveAnomalyFeedback: {
    params: anomalies.AnomalyParams,
    body: anomalies.GiveAnomalyFeedbackRequest,
    response: anomalies.GiveAnomalyFeedbackResponse,
  },
  listSuppressions: { response: anomalies.ListSuppressionsResponse },
  deleteSuppression: { params: anomalies.AnomalyParams, response: anomalies.DeleteSuppressionResponse },
  startRehearsal: { body: anomalies.StartRehearsalRequest, response: Job },
  getServiceSeries: { query: anomalies.GetServiceSeriesRequest, response: anomalies.GetServiceSeriesResponse },
  createDeploy: { body: anomalies.CreateDeployRequest, response: anomalies.Deploy },
  listDeploys: { query: anomalies.ListDeploysRequest, response: anomalies.ListDeploysResponse },
} as const;
