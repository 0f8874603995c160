/** Names of the search page for browser tests. */
export const searchTestIds = {
  page: 'loghunter search page',
  text: 'loghunter search text',
  logql: 'loghunter search logql',
  check: 'loghunter query check',
  wrongPlace: 'loghunter wrong place of a query',
  summary: 'loghunter search summary',
  group: 'loghunter found group',
  line: 'loghunter found line',
  saved: 'loghunter saved searches',
  manage: 'loghunter managed searches',
  live: 'loghunter live lines',
  liveLine: 'loghunter live line',
  liveGap: 'loghunter live gap',
} as const;
