// What every log store must do, run against the embedded store and against a real Loki. Each case writes streams of its own, so that
// the cases share one store. Times lie within the last hour: Loki takes no lines that are much older or newer.
import type { ContractCase } from './contract-case.ts';
import { countingCases, discoveryCases, groupedCountingCases } from './log-store-counting.cases.ts';
import { pagingCases } from './log-store-paging.cases.ts';
import { readingCases, refusalCases } from './log-store-reading.cases.ts';
import type { LogStoreUnderTest } from './log-store-samples.ts';

/** What every log store does while its system answers. */
export const logStoreCases: ReadonlyArray<ContractCase<LogStoreUnderTest>> = [
  ...readingCases,
  ...refusalCases,
  ...pagingCases,
  ...countingCases,
  ...groupedCountingCases,
  ...discoveryCases,
];
