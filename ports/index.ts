export type {
  AnomalyEventFilter,
  AnomalyEventRow,
  AnomalyFilter,
  IncidentChange,
  IncidentFilter,
  IncidentTraits,
  NewIncidentChange,
  AnomalyKind,
  AnomalyMetric,
  AnomalyPage,
  AnomalySeverityNumber,
  AnomalyStore,
  FeedbackRow,
  IncidentRow,
  SuppressionRow,
} from './anomaly-store.ts';
export { anyEvent } from './anomaly-store.ts';
export type { DeployRow, DeployStore } from './deploy-store.ts';
export type {
  AnomalyLine,
  BaselineRow,
  DetectionRun,
  DetectionStep,
  DetectionStore,
  LearnedFrom,
} from './detection-store.ts';
export type { CountHistoryStore, HistoryHour, HistoryMark, HistoryMinute } from './count-history-store.ts';
export type { ClusterMinute, ClusterTotal, SeriesStore, ServiceMinute } from './series-store.ts';
export type { ApiKey, ApiKeyStore, ApiKeyUse, NewApiKey } from './api-key-store.ts';
export type {
  AnalysisFilter,
  AnalysisResult,
  AnalysisRow,
  AnalysisStore,
  AnalysisWindow,
  NewAnalysis,
} from './analysis-store.ts';
export type { AuditEntry, AuditFilter, AuditLog, AuditRecord, AuditVerification } from './audit-log.ts';
export type { Cache } from './cache.ts';
export type { Clock } from './clock.ts';
export type {
  ClusterRule,
  ClusterRuleChange,
  ClusterRuleContent,
  ClusterRulePage,
  ClusterRules,
  RuledCluster,
} from './cluster-rules.ts';
export type {
  ClusterFilter,
  ClusterList,
  ClusterPage,
  ClusterRow,
  ClusterStore,
  Companions,
  CompanionSearch,
  CoverageRow,
  HeldBackBy,
  WatchCoverageRow,
  LabelFilter,
  LabelledClusterRow,
  LabelledClusters,
  LabelValueCount,
  MinuteRange,
  NamedCluster,
  SourceCount,
  CountSteps,
  SourceFilter,
  StreamFigures,
  Trend,
} from './cluster-store.ts';
export { passedBudget } from './egress-budgets.ts';
export type { PricedCall } from './egress-budgets.ts';
export type {
  EgressFilter,
  EgressLedger,
  EgressOutcome,
  EgressRedaction,
  EgressRow,
  EgressTotalRow,
  EgressUse,
  NewEgressEntry,
  PassedBudget,
} from './egress-ledger.ts';
export { isPortError, PortError } from './errors.ts';
export type { OutsideSystem, PortErrorKind, PortFailure } from './errors.ts';
export type {
  ExplanationCitation,
  ExplanationContent,
  ExplanationOutcome,
  ExplanationRow,
  ExplanationStore,
  ExplanationOpinion,
  ExplanationOpinions,
  NewExplanation,
} from './explanation-store.ts';
export type {
  ClusterCount,
  ClusterIdentity,
  Ledger,
  LedgerWrite,
  SampleCandidate,
  StoredMinute,
  StreamMinute,
  SumCheck,
  Tenant,
  UnbalancedMinute,
  WantedWatch,
  Watch,
  WrongSum,
  WrongTime,
} from './ledger.ts';
export type {
  CostObserver,
  CountByLabelsRequest,
  CountEntriesRequest,
  DiscoveryRequest,
  EntryPage,
  FindEntriesRequest,
  LogStore,
  NanosecondRange,
  PushStream,
  ReadEntriesRequest,
  StreamCount,
  LogStoreFacts,
  StreamStats,
  LogPattern,
  TailBatch,
} from './log-store.ts';
export type {
  Migration,
  SqlDatabase,
  SqlMigrator,
  SqlOwner,
  SqlOwnerSession,
  SqlRow,
  SqlSession,
  SqlValue,
} from './sql-database.ts';
export { collectAnswer } from './collect-answer.ts';
export type { CollectOptions, ModelAnswer } from './collect-answer.ts';
export type {
  AnswerSchema,
  LanguageModel,
  ModelEvent,
  ModelRequest,
  ModelSystem,
  ModelUsage,
} from './language-model.ts';
export { findPortError, toModelFailure } from './model-failure.ts';
export type { ModelHttpFailure } from './model-failure.ts';
export { defaultModelSettings } from './model-settings-store.ts';
export type {
  ModelBudgetRow,
  ModelSettingsChange,
  ModelSettingsRow,
  ModelSettingsStore,
} from './model-settings-store.ts';
export { laterHalfOf, planTrend, trendScore } from './plan-trend.ts';
export type { TrendPlan } from './plan-trend.ts';
export { readSqlState } from './sql-state.ts';
export type { SqlStateMeaning } from './sql-state.ts';
export type { LoadAnswer, LoadRequest, SharedLoad } from './shared-load.ts';
export type { RedactionCount, RedactionRuleRow, RedactionStore, StoredTextRewriter } from './redaction-store.ts';
export { windowMs, windowStepMs } from './rate-limiter.ts';
export type { RateLimiter, WindowRequest, WindowState } from './rate-limiter.ts';
export type { PublicKey, SigningKeys } from './signing-keys.ts';
export type { OrganisationMapping, TenantStore } from './tenant-store.ts';
export type { UsageRow, UsageStore } from './usage-store.ts';
export type { UnitOfWork } from './unit-of-work.ts';
export type { HttpClient, OutboundAnswer, OutboundRequest } from './http-client.ts';
export type { IdempotencyStore, RepeatableRequest } from './idempotency-store.ts';
export type {
  InvestigationEntry,
  InvestigationFilter,
  InvestigationRow,
  InvestigationState,
  InvestigationStore,
  NewInvestigation,
  NewPinnedLine,
  PinnedLineRow,
} from './investigation-store.ts';
export type { DeliveredMessage, JobMessage, JobQueue, QueueConnection, SendOptions } from './job-queue.ts';
export type { Job, JobClaim, JobOutcome, JobStatus, JobStore, NewJob } from './job-store.ts';
export type { ExportFileStore } from './export-file-store.ts';
export type { FilterOwner, PersonalFilterRow, SavedFilterRow, SavedFilterStore } from './saved-filter-store.ts';
export { boundNotice } from './notice-store.ts';
export type { NewNotice, Notice, NoticeKind, NoticeSeverity, NoticeStore } from './notice-store.ts';
export type { ChannelContent, ChannelKind, ChannelRow, ChannelStore } from './channel-store.ts';
export type { DeliveryRow, DeliveryStatus, DeliveryStore, NewDelivery } from './delivery-store.ts';
export type { MailMessage, MailReceipt, MailSender } from './mail-sender.ts';
export type { Annotation, AnnotationBoard, StoredAnnotation } from './annotation-board.ts';
export type { WebhookRow, WebhookStore } from './webhook-store.ts';
export type { LiveBus, LiveRow, LiveStore, LiveTopic } from './live.ts';
export type {
  Assignee,
  ClusterWork,
  CommentRow,
  DueWork,
  ListedWork,
  MemberWork,
  OwnerRuleRow,
  WorkChange,
  WorkChangeOrigin,
  WorkListStore,
  WorkRate,
  WrittenWorkChange,
} from './work-list-store.ts';
export { mergePages } from './merge-pages.ts';
export type { TraceSearch, TraceStore } from './trace-store.ts';
export { maxMetricPoints, maxMetricSeries } from './metric-store.ts';
export type { MetricRangeQuery, MetricSeries, MetricStore } from './metric-store.ts';
