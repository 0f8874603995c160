// The scanner against a real Loki: 50,000 lines, some late, one restart; every template's count of every minute must be exact.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import type { ListClustersResponse, GetClusterCountsResponse } from '@loghunter/contracts';
import type { LogStore, PushStream } from '@loghunter/ports';
import { createManualClock, type ManualClock } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { generateMinute, phraseOf, type GeneratedLine } from './scanner-lines.ts';

const minuteMs = 60_000;
const minuteCount = 20;
const linesPerMinute = 2500;
const restartAfterMinute = 10;
// Late lines of the last minute arrive ten minutes after it; one more minute for the comparison.
const settleMinutes = 12;

interface Installation {
  readonly name: string;
  readonly environment: Record<string, string>;
  server: RunningServer | undefined;
  clock: ManualClock;
}

describe.skipIf(!hasLoki() || !hasPostgres())('scanner on a real Loki', () => {
  const startMs = Math.floor((Date.now() - 45 * minuteMs) / minuteMs) * minuteMs;
  const never = new AbortController().signal;
  let loki: RunningLoki;
  let postgres: RunningPostgres;
  let folder: string;
  let installations: Installation[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loghunter-scanner-'));
    [loki, postgres] = await Promise.all([startLoki(), startPostgres()]);
    const shared = {
      LOGHUNTER_PORT: '0',
      LOGHUNTER_LOKI_URL: loki.url,
      LOGHUNTER_BACKFILL_HOURS: '1',
      LOGHUNTER_SCAN_INTERVAL_MS: '15000',
      // Who sleeps is counted.
      LOGHUNTER_DETECTION_INTERVAL_SECONDS: '0',
      LOGHUNTER_LOG_LEVEL: 'error',
    };
    installations = [
      {
        name: 'postgres',
        environment: { ...shared, LOGHUNTER_DATABASE_URL: postgres.url },
        server: undefined,
        clock: createManualClock(startMs),
      },
      {
        name: 'pglite',
        environment: { ...shared, LOGHUNTER_DATA_DIRECTORY: folder },
        server: undefined,
        clock: createManualClock(startMs),
      },
    ];
    const store = createLokiLogStore({ url: loki.url, timeoutMs: 30_000 });
    await runTimeline(store);
    // Alone on two cores it takes half a minute; beside other work it may take several times that.
  }, 600_000);

  afterAll(async () => {
    for (const installation of installations) {
      await installation.server?.stop();
    }
    await loki.stop();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function runTimeline(store: LogStore): Promise<void> {
    const lines = allLines();
    await Promise.all(installations.map(start));
    for (let minute = 0; minute < minuteCount + settleMinutes; minute += 1) {
      const fromMs = startMs + minute * minuteMs;
      // Two looks within a minute: one sees half of it.
      for (const [halfFromMs, halfToMs] of [
        [fromMs, fromMs + 30_000],
        [fromMs + 30_000, fromMs + minuteMs],
      ] as const) {
        await push(
          store,
          lines.filter((line) => arrivesIn(line, halfFromMs, halfToMs))
        );
        await Promise.all(installations.map((installation) => advance(installation, 30_000)));
      }
      if (minute === restartAfterMinute) {
        await Promise.all(installations.map(restart));
      }
    }
  }

  function allLines(): readonly GeneratedLine[] {
    return Array.from({ length: minuteCount }, (_, minute) =>
      generateMinute(startMs + minute * minuteMs, linesPerMinute)
    ).flat();
  }

  async function push(store: LogStore, lines: readonly GeneratedLine[]): Promise<void> {
    const streams = Map.groupBy(lines, (line) => JSON.stringify(line.labels));
    const pushed = [...streams.values()].map((ofStream): PushStream => ({
      labels: ofStream[0]?.labels ?? {},
      entries: ofStream.map(({ timestampNs, line }) => ({ timestampNs, line, metadata: {} })),
    }));
    if (pushed.length > 0) {
      await store.push(pushed, never);
    }
  }

  test.each(['postgres', 'pglite'])('counts equal the generated lines per template and minute on %s', async (name) => {
    const installation = installations.find((candidate) => candidate.name === name);
    const url = installation?.server?.url ?? '';
    const range = `from=${startMs}&to=${startMs + minuteCount * minuteMs}`;
    const list = (await getJson(`${url}/api/v1/clusters?${range}&limit=200`)) as ListClustersResponse;
    expect(list.totalEventCount).toBe(minuteCount * linesPerMinute);
    expect(list.totalClusterCount).toBe(40);
    expect(list.coverage.unreadLineCount).toBe(0);
    const expected = countLines(allLines(), startMs);
    for (let templateId = 0; templateId < 40; templateId += 1) {
      const cluster = list.clusters.find((candidate) => candidate.templateText.includes(phraseOf(templateId)));
      const counts = (await getJson(
        `${url}/api/v1/clusters/${cluster?.id ?? 'none'}/counts?${range}&points=${minuteCount}`
      )) as GetClusterCountsResponse;
      const perMinute = Array.from({ length: minuteCount }, (_, minute) =>
        counts.series.reduce((sum, series) => sum + (series.counts[minute] ?? 0), 0)
      );
      expect(perMinute, phraseOf(templateId)).toEqual(expected[templateId]);
    }
  });
});

/** Lines of each template in each minute. */
function countLines(lines: readonly GeneratedLine[], startMs: number): ReadonlyArray<readonly number[]> {
  const counts = Array.from({ length: 40 }, () => new Array<number>(minuteCount).fill(0));
  for (const { templateId, timestampNs } of lines) {
    const minute = Math.floor((Number(timestampNs / 1_000_000n) - startMs) / minuteMs);
    const ofTemplate = counts[templateId] ?? [];
    ofTemplate[minute] = (ofTemplate[minute] ?? 0) + 1;
  }
  return counts;
}

function arrivesIn(line: GeneratedLine, fromMs: number, toMs: number): boolean {
  const arrivalMs = Number(line.timestampNs / 1_000_000n) + line.latenessMs;
  return arrivalMs >= fromMs && arrivalMs < toMs;
}

async function start(installation: Installation): Promise<void> {
  installation.server = await startServer(parseConfig(installation.environment), { clock: installation.clock });
  await installation.clock.whenSleeping(4);
}

async function restart(installation: Installation): Promise<void> {
  await installation.server?.stop();
  await start(installation);
}

// The scanner and the deletion of old counts sleep; when both do, the scanner has finished its round.
async function advance(installation: Installation, durationMs: number): Promise<void> {
  installation.clock.advance(durationMs);
  await installation.clock.whenSleeping(4);
}

async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  expect(response.status, url).toBe(200);
  return response.json();
}
