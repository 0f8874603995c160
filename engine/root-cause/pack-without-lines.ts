// What is left of a pack when lines that it quotes turn out not to be so.
import { mostSurprise } from './blame.ts';
import type { EvidencePack, PackFinding, PackSuspect, TimelineEntry } from './evidence-pack.ts';
import { restsOn, restsOnOnset } from './pack-remarks.ts';
import { describeEvidenceCount, writeSummary } from './pack-summary.ts';
import { judgeRest } from './verdict.ts';

/** What the findings that fall away mean. */
interface Loss {
  readonly before: EvidencePack;
  readonly findings: readonly PackFinding[];
  readonly gone: readonly PackFinding[];
  /** Services that lose a finding. */
  readonly weakened: ReadonlySet<string>;
  /** Those that lose all. */
  readonly cleared: ReadonlySet<string>;
  /** Whether the service that was suspected most is among them. */
  readonly isFirstWeakened: boolean;
}

/**
 * The pack without these lines, without findings that rest on them alone, and without what was said because of those: suspects,
 * reasons, moments, remarks. When it concerns the first suspect, verdict and summary are made anew and are never surer than before.
 */
export function withoutLines(pack: EvidencePack, lineIds: ReadonlySet<string>): EvidencePack {
  const lines = pack.lines.filter(({ id }) => !lineIds.has(id));
  const isGone = (finding: PackFinding) => finding.lineIds.length > 0 && finding.lineIds.every((id) => lineIds.has(id));
  const gone = pack.findings.filter(isGone);
  const findings = pack.findings
    .filter((finding) => !isGone(finding))
    .map((finding) => ({ ...finding, lineIds: finding.lineIds.filter((id) => !lineIds.has(id)) }));
  if (gone.length === 0) {
    return { ...pack, findings, lines };
  }
  const weakened = new Set(gone.map(({ service }) => service));
  const cleared = new Set([...weakened].filter((name) => findings.every(({ service }) => service !== name)));
  const isFirstWeakened = weakened.has(pack.suspects[0]?.service ?? '');
  const loss: Loss = { before: pack, findings, gone, weakened, cleared, isFirstWeakened };
  const timeline = redate(loss);
  const rest: EvidencePack = {
    ...pack,
    ...{ findings, lines, timeline, suspects: weakenSuspects(loss) },
    propagation: clearServices(loss, timeline),
    comparison: pack.comparison.filter(({ clusterId }) => !restsOnGone(clusterId, loss)),
    concentration: isFirstWeakened ? [] : pack.concentration,
    ruledOut: pack.ruledOut.filter(
      (remark) => !restsOn(remark, weakened) && !((isFirstWeakened || timeline.isRedated) && restsOnOnset(remark))
    ),
  };
  return judgeAnew(rest, loss);
}

/** Suspects that have a finding left, with the reasons that still have one. */
function weakenSuspects({ before, findings, weakened }: Loss): PackSuspect[] {
  const kept = new Set(findings.map(({ id }) => id));
  return before.suspects
    .map((suspect) => {
      const findingIds = suspect.findingIds.filter((id) => kept.has(id));
      if (!weakened.has(suspect.service)) {
        return { ...suspect, findingIds };
      }
      const own = findings.filter(({ service }) => service === suspect.service);
      return {
        ...suspect,
        ...{ findingIds, isFirst: false },
        reasons: suspect.reasons.filter((reason) => own.some(({ statement }) => statement === reason)),
        channels: suspect.channels.filter(({ channel }) => own.some((finding) => finding.channel === channel)),
      };
    })
    .filter(({ findingIds }) => findingIds.length > 0)
    .map((suspect, place) => ({ ...suspect, rank: place + 1 }));
}

type Redated = EvidencePack['timeline'] & { readonly isRedated: boolean };

/** A weakened service begins to deviate with the first finding that it has left; the onset is the first of these moments. */
function redate({ before, findings, weakened }: Loss): Redated {
  const kept = new Set(findings.map(({ id }) => id));
  const others = before.timeline.entries.flatMap((entry): TimelineEntry[] => {
    const { kind, service, findingId } = entry;
    const isKept = findingId !== null && kept.has(findingId);
    if (kind === 'onset' || (kind === 'first-bad-cluster' && weakened.has(service) && !isKept)) {
      return [];
    }
    if (kind !== 'deviation' || !weakened.has(service)) {
      return [{ ...entry, findingId: isKept ? findingId : null }];
    }
    const moments = findings.flatMap((one) => (one.service === service ? (one.firstAt ?? []) : [])).toSorted();
    return moments[0] === undefined ? [] : [{ ...entry, at: moments[0] }];
  });
  const deviations = others.filter(({ kind }) => kind === 'deviation').toSorted(byMoment);
  const onset = deviations[0]?.at ?? (weakened.has(before.suspects[0]?.service ?? '') ? null : before.timeline.onset);
  const who = deviations.filter(({ at }) => at === onset).map(({ service }) => service);
  const first = who.length === 0 || onset === null ? [] : [onsetOf(onset, who)];
  return {
    onset,
    firstBadClusterId: others.some(({ kind }) => kind === 'first-bad-cluster')
      ? before.timeline.firstBadClusterId
      : null,
    entries: [...others, ...first].toSorted(byMoment),
    isRedated: onset !== before.timeline.onset,
  };
}

function onsetOf(at: string, who: readonly string[]): TimelineEntry {
  return {
    ...{ at, kind: 'onset', service: who[0] ?? '', text: `First deviation, in ${who.join(' and ')}` },
    findingId: null,
  };
}

function byMoment(a: TimelineEntry, b: TimelineEntry): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
}

/** Services without findings count as unaffected; ways that only the order in time shows go with the moments of their ends. */
function clearServices(
  { before, weakened, cleared }: Loss,
  { entries }: EvidencePack['timeline']
): EvidencePack['propagation'] {
  const { propagation } = before;
  const uncertain = propagation.basis === 'traces' ? cleared : weakened;
  const moments = new Map(entries.flatMap(({ kind, service, at }) => (kind === 'deviation' ? [[service, at]] : [])));
  return {
    ...propagation,
    services: propagation.services.map((one) => {
      const role = cleared.has(one.service) ? 'unaffected' : one.role;
      return weakened.has(one.service)
        ? { ...one, role, firstDeviationAt: cleared.has(one.service) ? null : (moments.get(one.service) ?? null) }
        : one;
    }),
    edges: propagation.edges.filter(({ from, to }) => !uncertain.has(from) && !uncertain.has(to)),
  };
}

function restsOnGone(clusterId: string | null, { gone, findings }: Loss): boolean {
  const isOf = (finding: PackFinding) => finding.clusterId === clusterId;
  return clusterId !== null && gone.some(isOf) && !findings.some(isOf);
}

/** Verdict, summary and suspected deploys, where they rest on what fell away. */
function judgeAnew(rest: EvidencePack, { before, findings, gone, isFirstWeakened }: Loss): EvidencePack {
  const { summary } = before;
  const suspect = rest.suspects.find(({ service }) => service === summary.suspect) ?? null;
  const evidenceCount = suspect?.findingIds.length ?? 0;
  if (!isFirstWeakened) {
    return summary.suspect === null ? { ...rest, summary: recount(rest) } : rest;
  }
  const judgement = judgeRest(before.confidence, suspect, shareLeft(suspect, findings, gone));
  const deploys = rest.deploys.map((deploy) => ({
    ...deploy,
    isSuspect: deploy.isSuspect && judgement.suspect !== null,
  }));
  const { onset } = rest.timeline;
  return {
    ...rest,
    ...{ verdict: judgement.verdict, confidence: judgement.confidence, deploys },
    confidenceReasons: [`The log store refutes ${gone.length} of ${before.findings.length} findings`],
    summary: writeSummary({
      ...{ judgement, onset, deploys, suspects: rest.suspects, findings },
      evidenceCount: judgement.suspect === null ? 0 : evidenceCount,
    }),
  };
}

/** The summary of a pack that suspects nobody, with the findings that are left. */
function recount({ verdict, confidence, findings, summary }: EvidencePack): EvidencePack['summary'] {
  const judgement = { verdict, confidence, suspect: null, outsideHost: null };
  const counted = describeEvidenceCount({ judgement, evidenceCount: 0, findings });
  return { ...summary, lines: summary.lines.map((line, place) => (place === 3 ? counted : line)) };
}

/** Share of the surprise of a suspect's findings that is left. */
function shareLeft(
  suspect: PackSuspect | null,
  findings: readonly PackFinding[],
  gone: readonly PackFinding[]
): number {
  const sumOf = (all: readonly PackFinding[]) =>
    all
      .filter(({ service }) => service === suspect?.service)
      .reduce((sum, { surprise }) => sum + Math.min(mostSurprise, surprise), 0);
  const left = sumOf(findings);
  return left / Math.max(1e-9, left + sumOf(gone));
}
