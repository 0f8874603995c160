import type { AnomalyEvent, Deploy, SeriesBand } from '@loghunter/contracts';
import type { GrafanaTheme2 } from '@grafana/data';
import type { BandPoint } from '../../ui/band-graph/band-series';
import type { GraphDeploy, GraphSpan } from '../../ui/band-graph/BandOverlay';
import { severityColor } from '../../ui/incident/severity-style';

/** A band as the server sends it, in steps. */
export function seriesPoints({ start, stepMs, observed, expected, low, high }: SeriesBand): readonly BandPoint[] {
  const startMs = Date.parse(start);
  return observed.map((count, index) => ({
    atMs: startMs + index * stepMs,
    observed: count,
    expected: expected[index] ?? null,
    lower: low[index] ?? null,
    upper: high[index] ?? null,
  }));
}

export function seriesRange({ start, stepMs, observed }: SeriesBand): {
  readonly fromMs: number;
  readonly toMs: number;
} {
  const fromMs = Date.parse(start);
  return { fromMs, toMs: fromMs + Math.max(1, observed.length) * stepMs };
}

export function eventSpans(
  events: ReadonlyArray<Pick<AnomalyEvent, 'id' | 'startedAt' | 'endedAt' | 'severity' | 'title'>>,
  endMs: number,
  theme: GrafanaTheme2
): readonly GraphSpan[] {
  return events.map(({ id, startedAt, endedAt, severity, title }) => ({
    id,
    fromMs: Date.parse(startedAt),
    toMs: endedAt === null ? endMs : Date.parse(endedAt),
    color: severityColor(severity, theme),
    label: title,
  }));
}

export function deployMarks(deploys: readonly Deploy[]): readonly GraphDeploy[] {
  return deploys.map(({ id, deployedAt, service, version }) => ({
    id,
    atMs: Date.parse(deployedAt),
    label: `${service} ${version}`,
  }));
}
