import type { Trend } from '@loghunter/contracts';
import React from 'react';

interface TrendBarsProps {
  readonly trend: Trend;
  readonly color: string;
  readonly label: string;
}

const height = 24;
const stepWidth = 3;

/** A small bar chart of counts. Plain SVG: fifty plots of Grafana's own kind would make the list slow. */
export function TrendBars({ trend, color, label }: TrendBarsProps) {
  const counts = trend.counts;
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
      shapeRendering="crispEdges"
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke={color} strokeOpacity={0.35} />
      <path d={bars(counts, highest)} fill={color} />
    </svg>
  );
}

function bars(counts: readonly number[], highest: number): string {
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
