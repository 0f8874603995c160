import type { z } from 'zod';
import { anomalySchemas } from './anomaly-schemas.ts';
import * as apiKeys from './api-keys.ts';
import * as audit from './audit.ts';
import * as clusterComparison from './cluster-comparison.ts';
import * as clusterRules from './cluster-rules.ts';
import * as clusterVariables from './cluster-variables.ts';
import { clusterRelationSchemas } from './cluster-relation-schemas.ts';
import * as clusters from './clusters.ts';
import * as discovery from './discovery.ts';
import { explanationSchemas } from './explanation-schemas.ts';
import * as health from './health.ts';
import * as identity from './identity.ts';
import { investigationSchemas } from './investigation-schemas.ts';
import * as jobs from './jobs.ts';
import { logStoreSchemas } from './log-store-schemas.ts';
import { notificationSchemas } from './notification-schemas.ts';
import { personalFilterSchemas } from './personal-filter-schemas.ts';
import * as queries from './queries.ts';
import * as redaction from './redaction.ts';
import { rootCauseSchemas } from './root-cause-schemas.ts';
import type { RouteId } from './routes.ts';
import * as savedFilters from './saved-filters.ts';
import * as settings from './settings.ts';
import * as tenants from './tenants.ts';
import { TimeRangeQuery } from './time.ts';
import * as webhooks from './webhooks.ts';
import { exportSchemas } from './export-schemas.ts';
import { insightSchemas } from './insight-schemas.ts';
import { workListSchemas } from './work-list-schemas.ts';
import * as usage from './usage.ts';

export { ProblemDetails } from './problem-details.ts';

/** Schemas of one route: path parameters, query string or JSON body, and success body. */
export interface RouteSchemas {
  readonly params?: z.ZodObject;
  /** Of GET and DELETE. */
  readonly query?: z.ZodObject;
  /** Of the other methods. */
  readonly body?: z.ZodObject;
  readonly response: z.ZodType;
}

/** Schemas of every route. Only the server loads this; the plugin takes types alone, because Zod weighs 83 KB. */
export const routeSchemas = {
  listClusters: { query: clusters.ListClustersRequest, response: clusters.ListClustersResponse },
  compareClusters: {
    query: clusterComparison.CompareClustersRequest,
    response: clusterComparison.CompareClustersResponse,
  },
  explainEvent: { body: clusterRules.ExplainEventRequest, response: clusterRules.ExplainEventResponse },
  getCluster: {
    params: clusters.ClusterParams,
    query: clusters.GetClusterRequest,
    response: clusters.GetClusterResponse,
  },
  getClusterCounts: {
    params: clusters.ClusterParams,
    query: clusters.GetClusterCountsRequest,
    response: clusters.GetClusterCountsResponse,
  },
  listClusterLabels: {
    params: clusters.ClusterParams,
    query: TimeRangeQuery,
    response: clusters.ListClusterLabelsResponse,
  },
  listClusterLines: {
    params: clusters.ClusterParams,
    query: clusters.ListClusterLinesRequest,
    response: clusters.ListClusterLinesResponse,
  },
  listClusterVariables: {
    params: clusters.ClusterParams,
    query: clusterVariables.ListClusterVariablesRequest,
    response: clusterVariables.ListClusterVariablesResponse,
  },
  listClusterRules: { query: clusterRules.ListClusterRulesRequest, response: clusterRules.ListClusterRulesResponse },
  createClusterRule: { body: clusterRules.CreateClusterRuleRequest, response: clusterRules.ClusterRuleResponse },
  previewClusterRule: {
    body: clusterRules.PreviewClusterRuleRequest,
    response: clusterRules.PreviewClusterRuleResponse,
  },
  undoClusterRule: { params: clusterRules.ClusterRuleParams, response: clusterRules.ClusterRuleResponse },
  ...explanationSchemas,
  ...rootCauseSchemas,
  ...investigationSchemas,
  ...anomalySchemas,
  ...workListSchemas,
  ...clusterRelationSchemas,
  ...personalFilterSchemas,
  ...insightSchemas,
  ...exportSchemas,
  listServices: { query: discovery.ListServicesRequest, response: discovery.ListServicesResponse },
  listLabelNames: { query: discovery.ListLabelNamesRequest, response: discovery.ListLabelNamesResponse },
  listLabelValues: {
    params: discovery.LabelParams,
    query: discovery.ListLabelValuesRequest,
    response: discovery.ListLabelValuesResponse,
  },
  getIdentity: { response: identity.GetIdentityResponse },
  listApiKeys: { response: apiKeys.ListApiKeysResponse },
  createApiKey: { body: apiKeys.CreateApiKeyRequest, response: apiKeys.NewApiKeyResponse },
  rotateApiKey: {
    params: apiKeys.ApiKeyParams,
    body: apiKeys.RotateApiKeyRequest,
    response: apiKeys.NewApiKeyResponse,
  },
  revokeApiKey: { params: apiKeys.ApiKeyParams, response: apiKeys.RevokeApiKeyResponse },
  getUsage: { query: TimeRangeQuery, response: usage.GetUsageResponse },
  listSettings: { response: settings.ListSettingsResponse },
  listInstallationSettings: { response: settings.ListInstallationSettingsResponse },
  changeSetting: {
    params: settings.SettingParams,
    body: settings.ChangeSettingRequest,
    response: settings.SettingResponse,
  },
  resetSetting: { params: settings.SettingParams, response: settings.SettingResponse },
  listTenants: { response: tenants.ListTenantsResponse },
  createTenant: { body: tenants.CreateTenantRequest, response: tenants.TenantResponse },
  updateTenant: {
    params: tenants.TenantParams,
    body: tenants.UpdateTenantRequest,
    response: tenants.TenantResponse,
  },
  listOrganisations: { response: tenants.ListOrganisationsResponse },
  mapOrganisation: {
    params: tenants.OrganisationParams,
    body: tenants.MapOrganisationRequest,
    response: tenants.OrganisationResponse,
  },
  unmapOrganisation: { params: tenants.OrganisationParams, response: tenants.OrganisationResponse },
  checkQuery: { body: queries.CheckQueryRequest, response: queries.CheckQueryResponse },
  listRedactionRules: { response: redaction.ListRedactionRulesResponse },
  createRedactionRule: { body: redaction.NewRedactionRule, response: redaction.CreateRedactionRuleResponse },
  deleteRedactionRule: { params: redaction.RedactionRuleParams, response: redaction.DeleteRedactionRuleResponse },
  previewRedactionRule: {
    body: redaction.PreviewRedactionRuleRequest,
    response: redaction.PreviewRedactionRuleResponse,
  },
  listSavedFilters: { response: savedFilters.ListSavedFiltersResponse },
  getSavedFilter: { params: savedFilters.SavedFilterParams, response: savedFilters.SavedFilter },
  createSavedFilter: { body: savedFilters.CreateSavedFilterRequest, response: savedFilters.SavedFilter },
  renameSavedFilter: {
    params: savedFilters.SavedFilterParams,
    body: savedFilters.RenameSavedFilterRequest,
    response: savedFilters.SavedFilter,
  },
  deleteSavedFilter: { params: savedFilters.SavedFilterParams, response: savedFilters.DeleteSavedFilterResponse },
  listJobs: { query: jobs.ListJobsRequest, response: jobs.ListJobsResponse },
  startJob: { body: jobs.StartJobRequest, response: jobs.Job },
  getJob: { params: jobs.JobParams, response: jobs.Job },
  watchJob: { params: jobs.JobParams, response: jobs.Job },
  cancelJob: { params: jobs.JobParams, response: jobs.Job },
  retryJob: { params: jobs.JobParams, response: jobs.Job },
  listWebhooks: { response: webhooks.ListWebhooksResponse },
  createWebhook: { body: webhooks.CreateWebhookRequest, response: webhooks.CreateWebhookResponse },
  deleteWebhook: { params: webhooks.WebhookParams, response: webhooks.DeleteWebhookResponse },
  ...notificationSchemas,
  listAuditEntries: { query: audit.ListAuditEntriesRequest, response: audit.ListAuditEntriesResponse },
  exportAuditEntries: { query: audit.ExportAuditEntriesRequest, response: audit.AuditEntry },
  ...logStoreSchemas,
  getHealth: { response: health.GetHealthResponse },
  getLiveness: { response: health.GetLivenessResponse },
} as const satisfies Readonly<Record<RouteId, RouteSchemas>>;
