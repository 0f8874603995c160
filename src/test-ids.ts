/** Names by which browser tests find what has no role or text of its own. */
export const testIds = {
  clusters: {
    page: 'loghunter clusters page',
    row: 'loghunter cluster row',
    summary: 'loghunter clusters summary',
    template: 'loghunter template',
    loading: 'loghunter clusters loading',
    newBadge: 'loghunter new badge',
  },
  cluster: {
    page: 'loghunter cluster page',
    facts: 'loghunter cluster facts',
    trend: 'loghunter cluster trend',
    lines: 'loghunter cluster lines',
    line: 'loghunter cluster line',
    labels: 'loghunter cluster labels',
    span: 'loghunter line span',
  },
  doors: {
    clusterList: 'loghunter exposed cluster list',
  },
  configuration: {
    page: 'loghunter configuration page',
    serverUrl: 'loghunter server address',
    serverSecret: 'loghunter server secret',
    save: 'loghunter save settings',
    test: 'loghunter test connection',
    result: 'loghunter test result',
    component: 'loghunter component health',
  },
  problem: 'loghunter problem',
  empty: 'loghunter empty',
} as const;
