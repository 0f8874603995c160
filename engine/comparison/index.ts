export { compareCounts } from './compare-counts.ts';
export type { ChangeKind, ClusterChange, Comparison, ComparisonOptions, CountedSide } from './compare-counts.ts';
export { dispersionOf } from './dispersion.ts';
export { chooseTellingMinutes, correlateCounts, isTellingCorrelation } from './co-occurrence.ts';
