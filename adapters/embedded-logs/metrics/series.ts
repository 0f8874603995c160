import type { Grouping } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

/** A series; times without a value are left out. */
export interface Series {
  readonly labels: Labels;
  /** In order of time. */
  readonly points: ReadonlyArray<readonly [timeNs: bigint, value: number]>;
}

/** A value of one series at one time. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** The labels of a group, from those of one of its members. */
export function groupLabels(grouping: Grouping | null): (labels: Labels) => Labels {
  if (grouping === null) {
    return () => ({});
  }
  const names = new Set(grouping.labelNames);
  const keepsNamed = grouping.mode === 'by';
  // As in Prometheus, what takes labels away takes empty ones too.
  return (labels) =>
    Object.fromEntries(
      Object.entries(labels).filter(([name, value]) => names.has(name) === keepsNamed && (keepsNamed || value !== ''))
    );
}

/** Names sorted, so that the same set gives the same key whatever order its labels came in. */
export function labelKey(labels: Labels): string {
  const names = Object.keys(labels).sort();
  return JSON.stringify(names.map((name) => [name, labels[name]]));
}

/** Goes through several sets of series time by time. */
export function samplesByTime(series: readonly Series[]): Map<bigint, Sample[]> {
  const byTime = new Map<bigint, Sample[]>();
  for (const { labels, points } of series) {
    for (const [timeNs, value] of points) {
      const samples = byTime.get(timeNs);
      if (samples === undefined) {
        byTime.set(timeNs, [{ labels, value }]);
      } else {
        samples.push({ labels, value });
      }
    }
  }
  return byTime;
}

/** Collects samples into series; must be given the times in order. */
export function createSeriesCollector(): {
  add(timeNs: bigint, samples: readonly Sample[]): void;
  series(): readonly Series[];
} {
  const collected = new Map<string, { readonly labels: Labels; readonly points: Array<readonly [bigint, number]> }>();
  // The same label object comes again at each time.
  const keys = new WeakMap<Labels, string>();
  return {
    add(timeNs, samples) {
      for (const { labels, value } of samples) {
        const key = keys.get(labels) ?? labelKey(labels);
        keys.set(labels, key);
        const series = collected.get(key);
        if (series === undefined) {
          collected.set(key, { labels, points: [[timeNs, value]] });
        } else {
          series.points.push([timeNs, value]);
        }
      }
    },
    series: () => [...collected.values()],
  };
}
