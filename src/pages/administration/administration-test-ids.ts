/** Names of the administration page for browser tests. */
export const administrationTestIds = {
  health: 'loghunter administration health',
  check: 'loghunter check',
  settings: 'loghunter administration settings',
  setting: 'loghunter setting',
  redaction: 'loghunter administration redaction',
  redactionRules: 'loghunter redaction rules',
  newRule: 'loghunter new redaction rule',
  rulePreview: 'loghunter redaction preview',
  keys: 'loghunter administration keys',
  secret: 'loghunter shown once',
  tenants: 'loghunter administration tenants',
  tenantList: 'loghunter tenant list',
  jobs: 'loghunter administration jobs',
  jobTable: 'loghunter job table',
  audit: 'loghunter administration audit',
  auditTable: 'loghunter audit table',
} as const;
