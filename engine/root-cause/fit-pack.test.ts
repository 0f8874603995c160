import { describe, expect, test } from 'vitest';
import { buildEvidence } from './build-evidence.ts';
import type { EvidencePack, PackDeploy, PackFinding } from './evidence-pack.ts';
import { fitPack } from './fit-pack.ts';

const quiet = { fromMs: 0, toMs: 60_000, lines: [], spans: [], loads: [], readMs: 60_000, queries: [] };
const empty = buildEvidence({
  ...{ subjectText: 'a test', service: '', deploys: [], notLookedAt: [], baseline: quiet, incident: quiet },
  ...{ redact: (text: string) => text, quote: (text: string) => text, queryOf: () => '' },
});

function aDeploy(minutesBeforeOnset: number, isSuspect = false): PackDeploy {
  const at = new Date(86_400_000 - minutesBeforeOnset * 60_000).toISOString();
  return {
    at,
    service: 'web',
    version: '2',
    text: `web ${minutesBeforeOnset} was deployed`,
    minutesBeforeOnset,
    isSuspect,
  };
}

function aFinding(id: string, statement: string): PackFinding {
  return {
    ...{ id, channel: 'errors', kind: 'new-error', service: 'web', statement, surprise: 5, baseline: '', incident: '' },
    ...{ firstAt: null, clusterId: null, lineIds: [], query: '' },
  };
}

function packWith(deploys: readonly PackDeploy[], findings: readonly PackFinding[]): EvidencePack {
  const entries = deploys.map(({ at, service, text }) => ({
    at,
    kind: 'deploy' as const,
    service,
    text,
    findingId: null,
  }));
  return { ...empty, deploys, findings, timeline: { ...empty.timeline, entries } };
}

const many = Array.from({ length: 300 }, (_, n) => aDeploy(n + 1, n === 250));

describe('a pack that is too big', () => {
  test('loses deploys before findings, and keeps those that are suspected or near', () => {
    const pack = fitPack(packWith(many, [aFinding('F1', 'web fails')]));
    expect(pack.findings).toHaveLength(1);
    expect(pack.deploys).toHaveLength(20);
    expect(pack.deploys.map(({ minutesBeforeOnset }) => minutesBeforeOnset)).toEqual([
      ...Array.from({ length: 19 }, (_, n) => n + 1),
      251,
    ]);
    expect(pack.timeline.entries).toHaveLength(20);
    expect(pack.notLookedAt).toContainEqual(expect.objectContaining({ what: '280 more deploys' }));
  });

  test('loses all deploys that nobody suspects before its second finding', () => {
    const long = ['F1', 'F2'].map((id) => aFinding(id, 'x'.repeat(11_000)));
    const pack = fitPack(packWith(many, long));
    expect(pack.findings).toHaveLength(2);
    expect(pack.deploys.length).toBeLessThan(20);
    expect(pack.deploys.some(({ isSuspect }) => isSuspect)).toBe(true);
  });

  test('keeps its strongest finding, which the summary speaks of', () => {
    const pack = fitPack(packWith([], [aFinding('F1', 'x'.repeat(30_000)), aFinding('F2', 'weak')]));
    expect(pack.findings.map(({ id }) => id)).toEqual(['F1']);
    expect(pack.droppedFindingCount).toBe(1);
  });
});
