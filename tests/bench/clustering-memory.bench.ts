/*
 * Memory of the clustering after many lines with many distinct signatures.
 *   node --expose-gc tests/bench/clustering-memory.bench.ts [--lines 20000000] [--signatures 200000]
 * Prints one JSON record: resident memory at its highest and at the end, clusters, lines that got none.
 */
import { parseArgs } from 'node:util';
import { createClusterer } from '@loghunter/engine/templates';

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '20000000' },
    signatures: { type: 'string', default: '200000' },
  },
});

const syllables = 'ba de fi go lu ma ne pi ro su ta ve wi zo ka le mi no pu ra'.split(' ');
const wordCount = 7;
const vocabularySize = 4000;
const sampleEvery = 200_000;

const vocabulary = Array.from({ length: vocabularySize }, (_, index) => {
  const at = (place: number): string =>
    syllables[Math.floor(index / syllables.length ** place) % syllables.length] ?? '';
  return at(0) + at(1) + at(2);
});

/** Words of one signature; two signatures share hardly any, so that nothing is learned that would merge them. */
function wordsOf(signature: number): readonly string[] {
  let state = Math.imul(signature + 1, 0x9e3779b1);
  return Array.from({ length: wordCount }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5;
    return vocabulary[((state ^ (state >>> 13)) >>> 0) % vocabularySize] ?? '';
  });
}

function measure(lineCount: number, signatureCount: number): void {
  const beforeBytes = process.memoryUsage.rss();
  const clusterer = createClusterer();
  let highestBytes = 0;
  const startMs = performance.now();
  for (let line = 0; line < lineCount; line++) {
    const [a, b, c, d, e, f, g] = wordsOf(line % signatureCount);
    clusterer.add(
      `2024-05-01 12:00:00 INFO [worker-${line % 9}] ${a} ${b} ${c} ${d} ${line} ${e} ${f} ${g} in ${line % 977} ms`
    );
    if (line % sampleEvery === 0) {
      highestBytes = Math.max(highestBytes, process.memoryUsage.rss());
    }
  }
  const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
  console.log(
    JSON.stringify({
      lineCount,
      signatureCount,
      clusterCount: clusterer.clusterCount,
      unclusteredCount: clusterer.unclusteredCount,
      rssOfGeneratorMegabytes: megabytes(beforeBytes),
      highestRssMegabytes: megabytes(highestBytes),
      lastRssMegabytes: megabytes(process.memoryUsage.rss()),
      linesPerSecondWithGenerator: Math.round(lineCount / ((performance.now() - startMs) / 1000)),
    })
  );
}

measure(Number(options.lines), Number(options.signatures));
