import { exportAuditEntries, listAuditEntries, type AuditFeature } from './audit/audit-routes.ts';
import { createAnomalyHandlers } from './anomalies/anomaly-handlers.ts';
import type { EventFeature } from './anomalies/get-anomaly-event.ts';
import { createApiKey } from './api-keys/create-api-key.ts';
import type { ApiKeyFeature } from './api-keys/api-key-feature.ts';
import { listApiKeys } from './api-keys/list-api-keys.ts';
import { revokeApiKey } from './api-keys/revoke-api-key.ts';
import { rotateApiKey } from './api-keys/rotate-api-key.ts';
import type { ClusterRuleFeature } from './cluster-rules/cluster-rule-feature.ts';
import { createClusterRule, listClusterRules, undoClusterRule } from './cluster-rules/cluster-rules.ts';
import { explainEvent } from './cluster-rules/explain-event.ts';
import { previewClusterRule } from './cluster-rules/preview-cluster-rule.ts';
import { compareClusters } from './clusters/compare-clusters.ts';
import { getCluster } from './clusters/get-cluster.ts';
import { getClusterCounts } from './clusters/get-cluster-counts.ts';
import { listClusterNames } from './clusters/list-cluster-names.ts';
import { listClusterLabels } from './clusters/list-cluster-labels.ts';
import { listClusterLines } from './clusters/list-cluster-lines.ts';
import { listClusterVariables } from './clusters/list-cluster-variables.ts';
import { listClusters } from './clusters/list-clusters.ts';
import type { DiscoveryFeature } from './discovery/discovery-feature.ts';
import { listLabelNames, listLabelValues } from './discovery/list-labels.ts';
import { listServices } from './discovery/list-services.ts';
import { createExplanationHandlers, type ModelFeatures } from './explanations/explanation-handlers.ts';
import type { LogStoreFeature } from './log-store/check-log-store.ts';
import type { WatchFeature } from './log-store/list-watches.ts';
import { createLogStoreHandlers } from './log-store/log-store-handlers.ts';
import { getHealth, type HealthFeature } from './health/get-health.ts';
import { getIdentity } from './identity/get-identity.ts';
import {
  attachAnalysis,
  changeInvestigation,
  createInvestigation,
  getInvestigation,
  listInvestigations,
} from './investigations/investigations.ts';
import { annotateInvestigation } from './investigations/annotate-investigation.ts';
import { exportInvestigation } from './investigations/export-investigation.ts';
import { addComment, pinLine, unpinLine } from './investigations/pinned-lines.ts';
import { listSimilarInvestigations } from './investigations/similar-investigations.ts';
import type { JobFeature } from './jobs/job-feature.ts';
import { cancelJob, getJob, listJobs, retryJob, startJob, watchJob } from './jobs/job-routes.ts';
import type { Tenant } from '@loghunter/ports';
import type { NotificationFeature } from './notifications/notification-feature.ts';
import { createNotificationHandlers } from './notifications/notification-handlers.ts';
import { checkQuery } from './queries/check-query.ts';
import { previewRedactionRule } from './redaction/preview-redaction-rule.ts';
import type { RedactionFeature } from './redaction/redaction-feature.ts';
import { createRedactionRule, deleteRedactionRule, listRedactionRules } from './redaction/redaction-rules.ts';
import { createSavedFilterHandlers } from './saved-filters/saved-filter-handlers.ts';
import type { SavedFilterFeature } from './saved-filters/saved-filter-routes.ts';
import { createWebhookHandlers } from './webhooks/webhook-handlers.ts';
import type { WebhookFeature } from './webhooks/webhook-routes.ts';
import { getAnalysis, listAnalyses, startAnalysis } from './root-cause/analyses.ts';
import type { RootCauseFeature } from './root-cause/root-cause-feature.ts';
import { verifyLines } from './root-cause/verify-lines.ts';
import type { CallContext, RouteHandlers } from './http/route-handlers.ts';
import { getUsage, type UsageFeature } from './rate-limits/get-usage.ts';
import { createTenant } from './tenants/create-tenant.ts';
import { listOrganisations, mapOrganisation, unmapOrganisation } from './tenants/grafana-organisations.ts';
import { listTenants } from './tenants/list-tenants.ts';
import {
  changeSetting,
  listInstallationSettings,
  listSettings,
  resetSetting,
  type SettingFeature,
} from './tenants/settings.ts';
import { createInsightHandlers, type InsightFeature } from './insight-handlers.ts';
import { createWorkListHandlers } from './work-list/work-list-handlers.ts';
import type { WorkListFeature } from './work-list/work-list-feature.ts';
import { updateTenant, type UpdateTenantFeature } from './tenants/update-tenant.ts';

/** Everything that requests need. */
export type Features = ClusterRuleFeature &
  RootCauseFeature &
  EventFeature &
  ModelFeatures &
  DiscoveryFeature &
  HealthFeature &
  LogStoreFeature &
  WatchFeature &
  RedactionFeature &
  AuditFeature &
  JobFeature &
  SavedFilterFeature &
  WebhookFeature &
  NotificationFeature &
  ApiKeyFeature &
  UpdateTenantFeature &
  SettingFeature &
  UsageFeature &
  InsightFeature &
  WorkListFeature & { readonly tenant: Tenant };

/** The features of a tenant; throws `ProblemError` `forbidden` when there is no such tenant. */
export type OpenFeatures = (tenantId: string) => Promise<Features>;

/** The handler of each row of the route table; each sees the caller's tenant and no other. */
export function createHandlers(openFeatures: OpenFeatures): RouteHandlers {
  function forTenant<Request, Answer>(
    answer: (features: Features, request: Request, context: CallContext) => Promise<Answer>
  ): (request: Request, context: CallContext) => Promise<Answer> {
    return async (request, context) => answer(await openFeatures(context.principal.tenantId), request, context);
  }
  return {
    listClusters: forTenant(listClusters),
    compareClusters: forTenant(compareClusters),
    explainEvent: forTenant(explainEvent),
    getCluster: forTenant(getCluster),
    getClusterCounts: forTenant(getClusterCounts),
    listClusterLabels: forTenant(listClusterLabels),
    listClusterLines: forTenant(listClusterLines),
    listClusterVariables: forTenant(listClusterVariables),
    listClusterRules: forTenant(listClusterRules),
    listClusterNames: forTenant(listClusterNames),
    createClusterRule: forTenant(createClusterRule),
    previewClusterRule: forTenant(previewClusterRule),
    undoClusterRule: forTenant(undoClusterRule),
    startAnalysis: forTenant(startAnalysis),
    listAnalyses: forTenant(listAnalyses),
    getAnalysis: forTenant(getAnalysis),
    verifyLines: forTenant(verifyLines),
    listInvestigations: forTenant(listInvestigations),
    createInvestigation: forTenant(createInvestigation),
    getInvestigation: forTenant(getInvestigation),
    changeInvestigation: forTenant(changeInvestigation),
    pinLine: forTenant(pinLine),
    unpinLine: forTenant(unpinLine),
    addComment: forTenant(addComment),
    attachAnalysis: forTenant(attachAnalysis),
    listSimilarInvestigations: forTenant(listSimilarInvestigations),
    exportInvestigation: forTenant(exportInvestigation),
    annotateInvestigation: forTenant(annotateInvestigation),
    ...createExplanationHandlers(forTenant),
    ...createAnomalyHandlers(forTenant),
    ...createWorkListHandlers(forTenant),
    ...createInsightHandlers(forTenant),
    ...createSavedFilterHandlers(forTenant),
    listServices: forTenant(listServices),
    ...{ listLabelNames: forTenant(listLabelNames), listLabelValues: forTenant(listLabelValues) },
    getIdentity: forTenant(getIdentity),
    listApiKeys: forTenant(listApiKeys),
    createApiKey: forTenant(createApiKey),
    rotateApiKey: forTenant(rotateApiKey),
    revokeApiKey: forTenant(revokeApiKey),
    getUsage: forTenant(getUsage),
    listSettings: forTenant(listSettings),
    listInstallationSettings: forTenant(listInstallationSettings),
    changeSetting: forTenant(changeSetting),
    resetSetting: forTenant(resetSetting),
    listTenants: forTenant(listTenants),
    createTenant: forTenant(createTenant),
    updateTenant: forTenant(updateTenant),
    listOrganisations: forTenant(listOrganisations),
    mapOrganisation: forTenant(mapOrganisation),
    unmapOrganisation: forTenant(unmapOrganisation),
    checkQuery: forTenant(checkQuery),
    listRedactionRules: forTenant(listRedactionRules),
    createRedactionRule: forTenant(createRedactionRule),
    deleteRedactionRule: forTenant(deleteRedactionRule),
    previewRedactionRule: forTenant(previewRedactionRule),
    listJobs: forTenant(listJobs),
    startJob: forTenant(startJob),
    getJob: forTenant(getJob),
    watchJob: forTenant(watchJob),
    cancelJob: forTenant(cancelJob),
    retryJob: forTenant(retryJob),
    ...createWebhookHandlers(forTenant),
    ...createNotificationHandlers(forTenant),
    listAuditEntries: forTenant(listAuditEntries),
    exportAuditEntries: forTenant(exportAuditEntries),
    ...createLogStoreHandlers(forTenant),
    getHealth: forTenant(getHealth),
    getLiveness: () => Promise.resolve({ status: 'ok' }),
  };
}
