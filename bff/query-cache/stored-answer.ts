// Answers as text for the cache: JSON, compressed, in base64. Label sets are written once for all lines that share them.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Labels, LogEntry } from '@loghunter/engine/records';
import type { StreamCount } from '@loghunter/ports';
import { z } from 'zod';

/** Larger answers are not kept: one of them would push out a thousand others. */
const maxStoredLength = 2 * 1024 * 1024;
/** What an answer may unpack to; a page of 5,000 long lines has less. */
const maxUnpackedBytes = 64 * 1024 * 1024;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

// Pairs, not an object: Zod drops a label that is named __proto__ from a record.
const LabelSet = z.array(z.tuple([z.string(), z.string()]));
const StoredEntries = z.object({
  identity: z.string(),
  labelSets: z.array(LabelSet),
  entries: z.array(z.tuple([z.number().int(), z.string().regex(/^\d+$/), z.string(), z.number().int()])),
});
const StoredCounts = z.object({
  identity: z.string(),
  labelSets: z.array(LabelSet),
  counts: z.array(z.tuple([z.number().int(), z.number(), z.number()])),
});

/** How answers of one type are written and read. */
export interface AnswerFormat<T> {
  /** Null when the answer is too large to be kept. */
  write(identity: string, answer: T): Promise<string | null>;
  /** Undefined when the text is not this identity's answer: damaged, of another version, or somebody else's. */
  read(identity: string, text: string): Promise<T | undefined>;
}

/** Lines. */
export const entriesFormat: AnswerFormat<readonly LogEntry[]> = {
  write(identity, answer) {
    const { labelSets, indexOf } = collectLabels();
    const entries = answer.map(({ labels, timestampNs, line, metadata }) => [
      indexOf(labels),
      String(timestampNs),
      line,
      indexOf(metadata),
    ]);
    return toText({ identity, labelSets, entries });
  },
  async read(identity, text) {
    const stored = StoredEntries.safeParse(await fromText(text));
    if (!stored.success || stored.data.identity !== identity) {
      return undefined;
    }
    const { entries } = stored.data;
    const labelSets = stored.data.labelSets.map((pairs): Labels => Object.fromEntries(pairs));
    return entries.map(([labels, timestampNs, line, metadata]) => ({
      labels: labelSets[labels] ?? {},
      timestampNs: BigInt(timestampNs),
      line,
      metadata: labelSets[metadata] ?? {},
    }));
  },
};

/** Counts. */
export const countsFormat: AnswerFormat<readonly StreamCount[]> = {
  write(identity, answer) {
    const { labelSets, indexOf } = collectLabels();
    const counts = answer.map(({ labels, startMs, lineCount }) => [indexOf(labels), startMs, lineCount]);
    return toText({ identity, labelSets, counts });
  },
  async read(identity, text) {
    const stored = StoredCounts.safeParse(await fromText(text));
    if (!stored.success || stored.data.identity !== identity) {
      return undefined;
    }
    const { counts } = stored.data;
    const labelSets = stored.data.labelSets.map((pairs): Labels => Object.fromEntries(pairs));
    return counts.map(([labels, startMs, lineCount]) => ({ labels: labelSets[labels] ?? {}, startMs, lineCount }));
  },
};

function collectLabels() {
  const labelSets: Array<Array<[string, string]>> = [];
  const indexes = new Map<string, number>();
  function indexOf(labels: Labels): number {
    const key = JSON.stringify(labels);
    const known = indexes.get(key) ?? labelSets.push(Object.entries(labels)) - 1;
    indexes.set(key, known);
    return known;
  }
  return { labelSets, indexOf };
}

async function toText(stored: unknown): Promise<string | null> {
  const json = Buffer.from(JSON.stringify(stored));
  if (json.byteLength > maxUnpackedBytes) {
    return null;
  }
  // The fastest level: log lines shrink to a tenth with it already.
  const text = (await pack(json, { level: 1 })).toString('base64');
  return text.length > maxStoredLength ? null : text;
}

// What lies in a shared cache may be damaged or foreign: anything odd is no answer.
async function fromText(text: string): Promise<unknown> {
  try {
    const packed = Buffer.from(text, 'base64');
    return JSON.parse((await unpack(packed, { maxOutputLength: maxUnpackedBytes })).toString());
  } catch {
    return undefined;
  }
}
