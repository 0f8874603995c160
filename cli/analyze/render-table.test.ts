import { describe, expect, it } from 'vitest';
import { formatCount, renderTable } from './render-table.ts';
import type { AnalyzeReport } from './report.ts';

const cluster: AnalyzeReport['clusters'][number] = {
  template: 'connection from <*> closed',
  kind: 'template',
  level: 'info',
  events: 1234,
  lines: 1234,
  share: 0.25,
  firstSeen: '2026-11-21T03:00:00.000Z',
  lastSeen: '2026-11-21T04:00:00.123Z',
  levels: { info: 1234 },
  sample: 'connection from 10.0.0.1 closed',
};

function table(
  overrides: Partial<typeof cluster>,
  style = { useColours: false, widthColumns: 100 as number | null }
): string[] {
  const summary = { files: 1, lines: 1, events: 1, matchingEvents: 1, clusters: 1, durationMs: 1, linesPerSecond: 1 };
  return renderTable({ summary, clusters: [{ ...cluster, ...overrides }] }, style).split('\n');
}

describe('the table of clusters', () => {
  it('has one aligned line per cluster', () => {
    expect(table({})).toEqual([
      'COUNT   SHARE  LEVEL  FIRST (UTC)          LAST (UTC)           TEMPLATE',
      '1,234  25.0 %  info   2026-11-21 03:00:00  2026-11-21 04:00:00  connection from <*> closed',
      '',
    ]);
  });

  it('cuts the template at the width of the terminal', () => {
    const [, row = ''] = table({ template: 'x'.repeat(500) });
    expect(row).toHaveLength(100);
    expect(row.endsWith('…')).toBe(true);
  });

  it('shows the whole template without a width', () => {
    expect(table({ template: 'x'.repeat(500) }, { useColours: false, widthColumns: null })[1]).toContain(
      'x'.repeat(500)
    );
  });

  it('keeps a readable template in a very narrow terminal', () => {
    expect(table({}, { useColours: false, widthColumns: 10 })[1]).toContain('connection from <*>…');
  });

  it('never lets a template control the terminal', () => {
    expect(table({ template: '\u001b[2Jgone\nnext' })[1]).toContain('\\x1b[2Jgone\\nnext');
  });

  it('colours rows only when asked', () => {
    expect(table({ level: 'error' }).join('')).not.toContain('\u001b');
    expect(table({ level: 'error' }, { useColours: true, widthColumns: 100 })[1]).toMatch(/^\u001b\[31m.*\u001b\[0m$/);
  });

  it('shows a dash where there is no time', () => {
    expect(table({ firstSeen: null, lastSeen: null })[1]).toContain('info   -            -           ');
  });

  it('does not round a rare cluster down to nothing', () => {
    expect(table({ share: 0.00001 })[1]).toContain('<0.1 %');
  });

  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
  ])('writes %i with separators', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});
