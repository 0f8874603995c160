import { printable, truncate } from '../terminal/printable.ts';
import type { AnalyzeCluster, AnalyzeReport } from './report.ts';

/** How a table is drawn. */
export interface TableStyle {
  readonly useColours: boolean;
  /** Columns to fit into; null for no limit. */
  readonly widthColumns: number | null;
}

// Bright red, red, yellow, and the quiet ones.
const colours: Readonly<Record<string, string>> = {
  fatal: '1;31',
  error: '31',
  warn: '33',
  debug: '2',
  trace: '2',
  unknown: '2',
};
const gap = '  ';
const minTemplateColumns = 20;

interface Column {
  readonly title: string;
  readonly isRight: boolean;
  readonly cell: (cluster: AnalyzeCluster) => string;
}

const columns: readonly Column[] = [
  { title: 'COUNT', isRight: true, cell: (cluster) => formatCount(cluster.events) },
  { title: 'SHARE', isRight: true, cell: (cluster) => formatShare(cluster.share) },
  { title: 'LEVEL', isRight: false, cell: (cluster) => cluster.level },
  { title: 'FIRST (UTC)', isRight: false, cell: (cluster) => formatTime(cluster.firstSeen) },
  { title: 'LAST (UTC)', isRight: false, cell: (cluster) => formatTime(cluster.lastSeen) },
];

/** The report as lines of a table, template last so that it may be cut at the right edge. */
export function renderTable(report: AnalyzeReport, style: TableStyle): string {
  const rows = report.clusters.map((cluster) => columns.map((column) => column.cell(cluster)));
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => row[index]?.length ?? 0))
  );
  const used = widths.reduce((sum, width) => sum + width + gap.length, 0);
  const templateColumns =
    style.widthColumns === null ? Number.POSITIVE_INFINITY : Math.max(minTemplateColumns, style.widthColumns - used);

  const header = renderRow(
    columns.map((column) => column.title),
    widths
  );
  const lines = [paint(`${header}TEMPLATE`, '1', style.useColours)];
  for (const [index, cluster] of report.clusters.entries()) {
    const cells = renderRow(rows[index] ?? [], widths);
    const template = truncate(printable(cluster.template), templateColumns);
    lines.push(paint(`${cells}${template}`, colours[cluster.level], style.useColours));
  }
  return `${lines.join('\n')}\n`;
}

function renderRow(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => {
      const width = widths[index] ?? 0;
      return `${columns[index]?.isRight === true ? cell.padStart(width) : cell.padEnd(width)}${gap}`;
    })
    .join('');
}

function paint(text: string, colour: string | undefined, useColours: boolean): string {
  return useColours && colour !== undefined ? `\u001b[${colour}m${text}\u001b[0m` : text;
}

/** 1234567 as 1,234,567. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function formatShare(share: number): string {
  return share > 0 && share < 0.0005 ? '<0.1 %' : `${(share * 100).toFixed(1)} %`;
}

function formatTime(time: string | null): string {
  return time === null ? '-' : time.slice(0, 19).replace('T', ' ');
}
