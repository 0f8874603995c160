// Makes a pack small: whoever reads it, person or model, reads all of it.
import { describeEvidence } from './describe-evidence.ts';
import type { EvidencePack, PackDeploy } from './evidence-pack.ts';

/** Tokens of the whole pack as text: it fits a model of 8,000 with room for question and answer. */
const maxTokens = 6000;
/** Deploys that are told at most, and suspected ones that are told in any case. */
const mostDeploys = 20;
const leastSuspectDeploys = 5;

/**
 * Drops deploys that nobody suspects, and then whole findings from the bottom with their lines, until the pack as text is small
 * enough. The strongest finding stays: the summary sends people to its lines.
 */
export function fitPack(pack: EvidencePack): EvidencePack {
  const suspectCount = pack.deploys.filter(({ isSuspect }) => isSuspect).length;
  let deployCount = mostDeploys;
  let fitted = keepDeploys(pack, deployCount);
  for (;;) {
    const estimatedTokens = Math.ceil(describeEvidence(fitted).length / 4);
    if (estimatedTokens <= maxTokens) {
      return { ...fitted, estimatedTokens };
    }
    deployCount = Math.min(deployCount, pack.deploys.length) - 1;
    if (deployCount >= Math.min(leastSuspectDeploys, suspectCount)) {
      fitted = keepDeploys(pack, deployCount);
    } else if (fitted.findings.length > 1) {
      fitted = withoutLastFinding(fitted);
    } else {
      return { ...fitted, estimatedTokens };
    }
  }
}

function withoutLastFinding(pack: EvidencePack): EvidencePack {
  const last = pack.findings.at(-1);
  return {
    ...pack,
    findings: pack.findings.slice(0, -1),
    lines: pack.lines.filter(({ findingId }) => findingId !== last?.id),
    suspects: pack.suspects.map((suspect) => ({
      ...suspect,
      findingIds: suspect.findingIds.filter((id) => id !== last?.id),
    })),
    timeline: {
      ...pack.timeline,
      entries: pack.timeline.entries.map((entry) =>
        entry.findingId === last?.id ? { ...entry, findingId: null } : entry
      ),
    },
    droppedFindingCount: pack.droppedFindingCount + 1,
  };
}

/** The pack with so many deploys: those that are suspected, and those nearest to the first deviation. */
function keepDeploys(pack: EvidencePack, count: number): EvidencePack {
  const leftOut = pack.deploys.toSorted(byWorth).slice(count);
  if (leftOut.length === 0) {
    return pack;
  }
  const keys = new Set(leftOut.map(keyOf));
  const why = 'They are farther from the first deviation than those that are told';
  return {
    ...pack,
    deploys: pack.deploys.filter((deploy) => !leftOut.includes(deploy)),
    timeline: {
      ...pack.timeline,
      entries: pack.timeline.entries.filter((entry) => entry.kind !== 'deploy' || !keys.has(keyOf(entry))),
    },
    notLookedAt: [...pack.notLookedAt, { what: `${leftOut.length} more deploys`, why }],
  };
}

function byWorth(a: PackDeploy, b: PackDeploy): number {
  return Number(b.isSuspect) - Number(a.isSuspect) || Math.abs(a.minutesBeforeOnset) - Math.abs(b.minutesBeforeOnset);
}

function keyOf({ at, service, text }: Pick<PackDeploy, 'at' | 'service' | 'text'>): string {
  return `${at}\0${service}\0${text}`;
}
