// Reads of watches that are not read whole, because somebody chose so: their lines are counted by Loki, and the ledger says what was not read.
import { createEventJoiner, type EventJoiner } from '@loghunter/engine/multiline';
import { streamKeyOf } from '../events/stream-key.ts';
import { minuteMs, minutesIn, toNanoseconds } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';
import type { Tally } from './tally.ts';
import type { WindowRead } from './window-read.ts';

/** States all lines of the window as not read. */
export async function countWindow(context: ScanContext, read: WindowRead, tally: Tally): Promise<void> {
  for (const selector of read.selectors) {
    await eachMinute(context, read, selector, (labels, startMs, lineCount) => {
      tally.addUnread(labels, startMs, lineCount);
    });
  }
}

/**
 * Reads the first 1 / `oneIn` of each minute and scales what it finds to the lines that Loki counts. Lines of streams that had none in the part are
 * stated as not read. An event that goes over the end of a part counts as what the part holds of it.
 */
export async function sampleWindow(context: ScanContext, read: WindowRead, tally: Tally): Promise<void> {
  for (const selector of read.selectors) {
    for (const startMs of minutesIn(read.window)) {
      await readPart(context, read, { selector, startMs }, tally);
    }
    await eachMinute(context, read, selector, (labels, startMs, lineCount) => {
      tally.scaleTo(labels, startMs, lineCount);
    });
  }
}

async function readPart(
  context: ScanContext,
  read: WindowRead,
  { selector, startMs }: { readonly selector: string; readonly startMs: number },
  tally: Tally
): Promise<void> {
  const joiners = new Map<string, EventJoiner>();
  const part = { fromMs: startMs, toMs: startMs + Math.ceil(minuteMs / read.oneIn) };
  for await (const page of context.logs.readEntries({
    query: selector,
    ...toNanoseconds(part),
    signal: context.signal,
  })) {
    for (const entry of page.entries) {
      const key = streamKeyOf(entry.labels);
      if (read.onlyStreams === undefined || read.onlyStreams.has(key)) {
        const joiner = joiners.get(key) ?? createEventJoiner();
        joiners.set(key, joiner);
        const event = joiner.add(entry);
        if (event !== undefined) {
          tally.add(event);
        }
      }
    }
    context.observer.observePage(page.entries.length);
    await context.checkpoint();
  }
  for (const joiner of joiners.values()) {
    for (let event = joiner.flush(); event !== undefined; event = joiner.flush()) {
      tally.add(event);
    }
  }
}

async function eachMinute(
  context: ScanContext,
  read: WindowRead,
  selector: string,
  visit: (labels: Parameters<Tally['addUnread']>[0], startMs: number, lineCount: number) => void
): Promise<void> {
  const range = toNanoseconds(read.window);
  const counts = await context.logs.countEntries({ selector, stepMs: minuteMs, ...range, signal: context.signal });
  for (const { labels, startMs, lineCount } of counts) {
    if (read.onlyStreams === undefined || read.onlyStreams.has(streamKeyOf(labels))) {
      visit(labels, startMs, lineCount);
    }
  }
}
