import { createClusterer } from '@loghunter/engine/templates';
import { describe, expect, it } from 'vitest';
import { groupingOf, type Grouping } from '../corpora/clustering/grouping-accuracy.ts';
import { formatNames, labelledLines, type LabelledLine } from '../corpora/clustering/labelled-lines.ts';

const seeds = [1, 2, 3];

function cluster(lines: readonly LabelledLine[]): Grouping {
  const clusterer = createClusterer();
  const ids = lines.map(({ text }) => clusterer.add(text)).map((id) => clusterer.resolve(id));
  return groupingOf(
    lines.map(({ statement }) => statement),
    ids
  );
}

describe('clustering of the labelled corpus', () => {
  it.each(formatNames())('never puts lines of two statements of %s together', (format) => {
    for (const seed of seeds) {
      expect(cluster(labelledLines(format, seed)).mergedCount).toBe(0);
    }
  });

  // Floors: what is lost are statements of which two or three lines with different words were seen, too few to tell; and requests for pages
  // named by words, which are a cluster each.
  const lowFloors: Readonly<Record<string, number>> = { 'free-text': 0.8, django: 0.85 };
  it.each(formatNames())('groups nearly all lines of %s', (format) => {
    const floor = lowFloors[format] ?? 0.9;
    const accuracies = seeds.map((seed) => cluster(labelledLines(format, seed)).accuracy);
    expect(accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / seeds.length).toBeGreaterThanOrEqual(floor);
  });

  it('groups the formats as recorded', async () => {
    const rows = formatNames().map((format) => {
      const lines = labelledLines(format, 1);
      const { accuracy, clusterCount, statementCount } = cluster(lines);
      return `${format}: ${lines.length} lines of ${statementCount} statements, ${clusterCount} clusters, accuracy ${accuracy.toFixed(3)}`;
    });
    await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('../corpora/clustering/recorded-grouping.txt');
  });

  it('groups all formats mixed in one stream as well as alone', () => {
    let offset = 0;
    const lines = formatNames().flatMap((format) => {
      const own = labelledLines(format, 1).map(({ text, statement }) => ({ text, statement: statement + offset }));
      offset += 1000;
      return own;
    });
    const { accuracy } = cluster(lines);
    expect(accuracy).toBeGreaterThanOrEqual(0.96);
  });
});
