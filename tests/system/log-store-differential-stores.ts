// Asks the embedded store and a real Loki the same question and compares. What is left out of the comparison: statistics, texts of errors and
// details of parser errors.
import { createEmbeddedLogStore } from '@loghunter/adapters/embedded-logs';
import { expect } from 'vitest';

import { startLoki } from '../servers/loki.ts';

/** Both stores with the same lines. */
export interface ComparedStores {
  push(streams: unknown): Promise<void>;
  /** Fails when the answers differ; returns what was compared. */
  expectSame(
    path: string,
    parameters: Readonly<Record<string, string>>,
    init?: RequestInit
  ): Promise<readonly string[]>;
  /** Fails when the answers differ, or only one of the two refuses; returns whether Loki answered. */
  expectAlike(path: string, parameters: Readonly<Record<string, string>>): Promise<boolean>;
  /** Status codes of Loki and of the embedded store. */
  statusesOf(path: string, parameters: Readonly<Record<string, string>>): Promise<readonly [number, number]>;
  /** The same for a push of this body. */
  statusesOfPush(body: string): Promise<readonly [number, number]>;
  stop(): Promise<void>;
}

/** Starts both, empty. */
export async function startComparedStores(): Promise<ComparedStores> {
  // Loki's guesses of a level are not part of the embedded store's subset.
  const loki = await startLoki({ extraArguments: ['-validation.discover-log-levels=false'] });
  const embedded = await createEmbeddedLogStore({ maxSizeBytes: 100_000_000 });

  function askLoki(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${loki.url}${path}`, init);
  }
  function askEmbedded(path: string, init?: RequestInit): Promise<Response> {
    return embedded.handle(new Request(`http://embedded${path}`, init));
  }

  return {
    async push(streams) {
      const body = JSON.stringify({ streams });
      for (const send of [askLoki, askEmbedded]) {
        const answer = await send('/loki/api/v1/push', {
          method: 'POST',
          body,
          headers: { 'Content-Type': 'application/json' },
        });
        expect(`${answer.status} ${await answer.text()}`).toBe('204 ');
      }
    },
    async expectSame(path, parameters, init) {
      const address = `${path}?${new URLSearchParams(parameters)}`;
      const [ofLoki, ofEmbedded] = [await askLoki(address, init), await askEmbedded(address, init)];
      const [lokiText, embeddedText] = [await ofLoki.text(), await ofEmbedded.text()];
      expect(`${ofLoki.status} ${ofLoki.ok ? '' : lokiText}`).toBe('200 ');
      expect(`${ofEmbedded.status} ${ofEmbedded.ok ? '' : embeddedText}`).toBe('200 ');
      const expected = comparable(JSON.parse(lokiText));
      expect(comparable(JSON.parse(embeddedText))).toEqual(expected);
      return expected;
    },
    async expectAlike(path, parameters) {
      const address = `${path}?${new URLSearchParams(parameters)}`;
      const [ofLoki, ofEmbedded] = [await askLoki(address), await askEmbedded(address)];
      const [lokiText, embeddedText] = [await ofLoki.text(), await ofEmbedded.text()];
      if (ofLoki.ok && ofEmbedded.ok) {
        expect(comparable(JSON.parse(embeddedText))).toEqual(comparable(JSON.parse(lokiText)));
      } else {
        expect(`Loki ${ofLoki.ok}: ${ofLoki.ok ? embeddedText : lokiText}`).toMatch(
          ofEmbedded.ok ? /^Loki true/ : /^Loki false/
        );
      }
      return ofLoki.ok;
    },
    async statusesOf(path, parameters) {
      const address = `${path}?${new URLSearchParams(parameters)}`;
      const answers = [await askLoki(address), await askEmbedded(address)];
      await Promise.all(answers.map((answer) => answer.text()));
      return [answers[0]?.status ?? 0, answers[1]?.status ?? 0];
    },
    async statusesOfPush(body) {
      const init = { method: 'POST', body, headers: { 'Content-Type': 'application/json' } };
      const answers = [await askLoki('/loki/api/v1/push', init), await askEmbedded('/loki/api/v1/push', init)];
      await Promise.all(answers.map((answer) => answer.text()));
      return [answers[0]?.status ?? 0, answers[1]?.status ?? 0];
    },
    async stop() {
      await loki.stop();
      await embedded.close();
    },
  };
}

/** Results in an order of their own, without statistics and without the words of parser errors. */
function comparable({ data = [] }: { data?: unknown }): readonly string[] {
  if (Array.isArray(data)) {
    return data.map((item) => JSON.stringify(sortKeys(item))).sort();
  }
  const { result, resultType } = Object(data);
  if (resultType === 'scalar') {
    // The time that Loki 3.7 states beside a number is not the time that was asked for.
    return [resultType, String(result[1])];
  }
  const items = resultType === 'streams' ? Array.from(result, entriesOf).flat() : Array.from(result);
  return [String(resultType), ...items.map((item) => JSON.stringify(sortKeys(item))).sort()];
}

/** One item for each line: Loki makes streams of their own for lines whose parser errors have different words. */
function entriesOf(stream: unknown): readonly unknown[] {
  return Array.from(Object(stream).values, (value) => ({ stream: Object(stream).stream, value }));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortKeys);
  }
  if (typeof value === 'string' && /^-?\d+\.\d{3,}$/.test(value)) {
    // The last digits of a mean depend on the order of the series.
    return String(Number(Number(value).toPrecision(11)));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).filter(([name]) => name !== '__error_details__');
  return Object.fromEntries(
    members.map(([name, member]) => [name, sortKeys(member)] as const).sort(([a], [b]) => (a < b ? -1 : 1))
  );
}
