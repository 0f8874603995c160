import { administrationTestIds } from './pages/administration/administration-test-ids.ts';
import { searchTestIds } from './pages/search/search-test-ids.ts';

/** Names by which browser tests find what has no role or text of its own. */
export const testIds = {
  clusters: {
    page: 'loghunter clusters page',
    row: 'loghunter cluster row',
    summary: 'loghunter clusters summary',
    template: 'loghunter template',
    loading: 'loghunter clusters loading',
    newBadge: 'loghunter new badge',
    unseen: 'loghunter unseen mark',
    unseenFilter: 'loghunter unseen filter',
    actions: 'loghunter cluster actions',
    newcomers: 'loghunter newcomers',
  },
  cluster: {
    page: 'loghunter cluster page',
    facts: 'loghunter cluster facts',
    trend: 'loghunter cluster trend',
    lines: 'loghunter cluster lines',
    line: 'loghunter cluster line',
    labels: 'loghunter cluster labels',
    span: 'loghunter line span',
    values: 'loghunter cluster values',
    trace: 'loghunter stack trace',
    ownFrame: 'loghunter own frame',
    explanation: 'loghunter line explanation',
    history: 'loghunter cluster history',
    work: 'loghunter cluster work',
  },
  administration: administrationTestIds,
  search: searchTestIds,
  doors: {
    clusterList: 'loghunter exposed cluster list',
  },
  compare: {
    page: 'loghunter compare page',
    sides: 'loghunter compare sides',
    row: 'loghunter compare row',
    graph: 'loghunter compare graph',
  },
  rules: {
    page: 'loghunter cluster rules page',
    row: 'loghunter cluster rule row',
    preview: 'loghunter cluster rule preview',
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
  state: 'loghunter work state',
  toast: 'loghunter toast',
  problem: 'loghunter problem',
  empty: 'loghunter empty',
} as const;
