import type { GetOverviewResponse, ListClustersResponse, OverviewTotals } from '@loghunter/contracts';
import { printable } from '../terminal/printable.ts';

/** What `--json` and `--yaml` print. */
export interface Summary {
  readonly overview: GetOverviewResponse;
  /** Clusters that need work, those that need it most first. */
  readonly clusters: ListClustersResponse['clusters'];
}

/** The state of the logs on one screen. */
export function renderSummary({ overview, clusters }: Summary): string {
  const { totals, totalsBefore, states, sources } = overview;
  const sections = [
    `${totals.eventCount} events, ${describeRate(totals)} errors; ${totalsBefore.eventCount} events, ${describeRate(totalsBefore)} errors before that.`,
    `Clusters: ${states.map(({ state, clusterCount }) => `${clusterCount} ${state}`).join(', ') || 'none'}.`,
    '',
    ...table(
      sources
        .slice(0, 10)
        .map((source) => [
          ...[printable(source.service), printable(source.namespace)],
          ...[`${source.totals.eventCount} events`, `${describeRate(source.totals)} errors`],
        ])
    ),
    '',
    ...table(
      clusters.map((cluster) => [
        ...[cluster.work.state, cluster.level, printable(cluster.service), String(cluster.eventCount)],
        ...[printable(cluster.title ?? cluster.templateText)],
      ])
    ),
  ];
  return `${sections.join('\n')}\n`;
}

function describeRate({ eventCount, errorCount }: OverviewTotals): string {
  return eventCount === 0 ? '0.0 %' : `${((errorCount / eventCount) * 100).toFixed(1)} %`;
}

// The last column is as long as it is.
function table(rows: ReadonlyArray<readonly string[]>): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')
  );
}
