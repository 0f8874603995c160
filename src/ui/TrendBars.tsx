import type { Trend } from '@loghunter/contracts';
import React from 'react';

interface TrendBarsProps {
  readonly trend: Trend;
  readonly color: string;
  readonly label: string;
  /** Default: as high as a row of a list holds. */
  readonly heightPx?: number;
  /** More steps than this are added together. Default: what a column of a list holds. */
  readonly mostBars?: number;
}

const rowHeightPx = 24;
const stepWidth = 3;

/** A small bar chart of counts. Plain SVG: fifty plots of Grafana's own kind would make the list slow. */
export function TrendBars({
  trend,
  color,
  label,
  heightPx: height = rowHeightPx,
  mostBars = maxBarCount,
}: TrendBarsProps) {
  const counts = mergeSteps(trend.counts, mostBars);
  const highest = Math.max(1, ...counts);
  const width = Math.max(1, counts.length) * stepWidth;
  return (
    <svg
      role="img"
      aria-label={label}
      width="100%"
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke={color} strokeOpacity={0.35} />
      <path d={bars(counts, highest, height)} fill={color} />
    </svg>
  );
}

/** More bars than this would be narrower than two pixels, and look like a barcode. */
const maxBarCount = 48;

/** Adds neighbouring steps together until the bars fit. */
function mergeSteps(counts: readonly number[], mostBars: number): readonly number[] {
  const stepsPerBar = Math.max(1, Math.ceil(counts.length / mostBars));
  const merged = new Array<number>(Math.ceil(counts.length / stepsPerBar)).fill(0);
  counts.forEach((count, index) => {
    const bar = Math.floor(index / stepsPerBar);
    merged[bar] = (merged[bar] ?? 0) + count;
  });
  return merged;
}

function bars(counts: readonly number[], highest: number, height: number): string {
  return counts
    .map((count, index) => {
      // Whatever happened at all stays visible: at least two units high.
      const barHeight = count === 0 ? 0 : Math.max(2, (count / highest) * height);
      return barHeight === 0
        ? ''
        : `M${index * stepWidth} ${height}v-${barHeight.toFixed(1)}h${stepWidth - 0.6}v${barHeight.toFixed(1)}z`;
    })
    .join('');
}
