// What the ledger knows of the newest lines: how many a minute each stream has. Loki's index does not see the newest at all.
import { compileMatcher, type LabelMatcher } from '@loghunter/engine/logql';
import { labelOf, type Labels } from '@loghunter/engine/records';
import type { Clock, Ledger } from '@loghunter/ports';

const minuteMs = 60_000;
/** Long enough to even out, short enough to follow a flood. */
const sampledMinutes = 10;
const refreshMs = minuteMs;
/** Until lines have been read here: about the mean of the log samples this project is measured on. */
const assumedLineBytes = 150;
/** Weight of what was read before against one more answer. */
const memoryRatio = 0.95;

/** Lines a minute of what the ledger holds, in bytes. */
export interface LineRate {
  /** Learns the mean size of lines from an answer. */
  observeLines(lineCount: number, sizeBytes: number): void;
  /** Bytes a minute of the streams that match; 0 when the ledger has nothing new or is away. */
  bytesPerMinute(matchers: readonly LabelMatcher[]): Promise<number>;
}

interface StreamRate {
  readonly labels: Labels;
  readonly linesPerMinute: number;
}

/** Reads the ledger at most once a minute. */
export function createLineRate(parts: {
  readonly tenantId: string;
  readonly ledger: Pick<Ledger, 'listWatches' | 'readMinutes'>;
  readonly clock: Clock;
}): LineRate {
  let lineBytes = assumedLineBytes;
  let rates: Promise<readonly StreamRate[]> = Promise.resolve([]);
  let readAtMs = Number.NEGATIVE_INFINITY;

  function currentRates(): Promise<readonly StreamRate[]> {
    const nowMs = parts.clock.nowMs();
    if (nowMs - readAtMs >= refreshMs) {
      readAtMs = nowMs;
      // Without the database the estimate rests on Loki's own numbers.
      rates = readRates(parts, nowMs).catch(() => []);
    }
    return rates;
  }

  return {
    observeLines(lineCount, sizeBytes) {
      if (lineCount > 0) {
        lineBytes = lineBytes * memoryRatio + (sizeBytes / lineCount) * (1 - memoryRatio);
      }
    },
    async bytesPerMinute(matchers) {
      const tests = matchers.map((matcher) => ({ name: matcher.name, matches: compileMatcher(matcher) }));
      const lines = (await currentRates())
        .filter(({ labels }) => tests.every(({ name, matches }) => matches(labelOf(labels, name) ?? '')))
        .reduce((sum, { linesPerMinute }) => sum + linesPerMinute, 0);
      return lines * lineBytes;
    },
  };
}

async function readRates(
  parts: { readonly tenantId: string; readonly ledger: Pick<Ledger, 'listWatches' | 'readMinutes'> },
  nowMs: number
): Promise<readonly StreamRate[]> {
  const toMs = Math.floor(nowMs / minuteMs) * minuteMs;
  const fromMs = toMs - sampledMinutes * minuteMs;
  const watches = (await parts.ledger.listWatches(parts.tenantId)).filter((watch) => !watch.isRetired);
  const minutes = await Promise.all(
    watches.map((watch) => parts.ledger.readMinutes(parts.tenantId, watch.id, fromMs, toMs))
  );
  const byStream = Map.groupBy(minutes.flat(), ({ labels }) => JSON.stringify(Object.entries(labels).toSorted()));
  return [...byStream.values()].flatMap((stored) => {
    const lines = stored.reduce((sum, { lineCount, unreadLineCount }) => sum + lineCount + unreadLineCount, 0);
    return stored.slice(0, 1).map(({ labels }) => ({ labels, linesPerMinute: lines / sampledMinutes }));
  });
}
