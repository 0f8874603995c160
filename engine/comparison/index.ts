export { compareCounts } from './compare-counts.ts';
export type { ChangeKind, ClusterChange, Comparison, ComparisonOptions, CountedSide } from './compare-counts.ts';
export { dispersionOf } from './dispersion.ts';
