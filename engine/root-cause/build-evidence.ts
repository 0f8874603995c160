// Puts an evidence pack together.
import type { ServiceBlame } from './blame.ts';
import { findConcentrations } from './concentrations.ts';
import type { EvidenceCase, EvidenceWindow, KnownDeploy } from './evidence-case.ts';
import type {
  AnalysedWindow,
  ComparedCluster,
  Concentration,
  EvidencePack,
  PackDeploy,
  PackSuspect,
} from './evidence-pack.ts';
import { fitPack } from './fit-pack.ts';
import { quoteFindings, toTimestamp } from './pack-findings.ts';
import { findRemarks } from './pack-remarks.ts';
import { writeSummary } from './pack-summary.ts';
import { findTimeline } from './pack-timeline.ts';
import { tracePropagation } from './propagation.ts';
import { rankSuspectsInSteps } from './rank-suspects.ts';
import { runToEnd } from './run-to-end.ts';
import { isOldNoise, type RateChange } from './rate-changes.ts';
import { judge, type Judgement } from './verdict.ts';

/** Services that are shown as suspects. */
const suspectCount = 5;
const comparedCount = 20;
/** A deploy this long before the first deviation may be its cause. */
const deployLeadMs = 45 * 60_000;
/** Clocks and rollouts: a deploy is told a little after it began to work. */
const deployLagMs = 2 * 60_000;

/** Builds the evidence pack of a case. Deterministic: the same case gives the same pack. */
export function buildEvidence(evidence: EvidenceCase): EvidencePack {
  return runToEnd(buildEvidenceInSteps(evidence));
}

/** The same in steps of some ten milliseconds, between which a server can answer others. */
export function* buildEvidenceInSteps(evidence: EvidenceCase): Generator<void, EvidencePack> {
  const { suspects: blames, changes, trafficGrowth, requests, deploys } = yield* rankSuspectsInSteps(evidence);
  const judgement = judge(evidence, blames);
  const shown = blames.slice(0, suspectCount).filter(({ blame }) => blame > 0.5);
  yield;
  const { findings, lines, idsByService } = quoteFindings(evidence, shown);
  yield;
  const timeline = findTimeline(evidence, { blames, deploys, changes, findings });
  const suspects = presentSuspects(evidence, shown, blames, idsByService);
  const packDeploys = presentDeploys(evidence, deploys, timeline.onset, judgement);
  const evidenceCount = judgement.suspect === null ? 0 : (idsByService.get(judgement.suspect.service)?.length ?? 0);
  const pack: EvidencePack = {
    version: 1,
    subjectText: evidence.subjectText,
    verdict: judgement.verdict,
    confidence: Math.round(judgement.confidence * 100) / 100,
    confidenceReasons: judgement.reasons,
    summary: writeSummary({
      judgement,
      onset: timeline.onset,
      evidenceCount,
      deploys: packDeploys,
      suspects,
      findings,
    }),
    windows: { baseline: presentWindow(evidence.baseline), incident: presentWindow(evidence.incident) },
    suspects,
    findings,
    lines,
    timeline,
    propagation: tracePropagation(evidence, requests, blames, changes, judgement.suspect?.service ?? null),
    comparison: compareClusters(evidence, changes),
    concentration: concentrate(evidence, changes, blames),
    deploys: packDeploys,
    ...findRemarks(evidence, { blames, changes, trafficGrowth, deploys: packDeploys, requests, judgement }),
    droppedFindingCount: 0,
    estimatedTokens: 0,
  };
  yield;
  return fitPack(pack);
}

function presentSuspects(
  evidence: EvidenceCase,
  shown: readonly ServiceBlame[],
  all: readonly ServiceBlame[],
  idsByService: ReadonlyMap<string, readonly string[]>
): PackSuspect[] {
  const total = all.reduce((sum, { blame }) => sum + blame, 0);
  return shown.map(({ service, blame, channels, deviations, isFirst, named }, index) => ({
    rank: index + 1,
    service,
    score: Math.round((blame / Math.max(total, 1e-9)) * 1000) / 1000,
    reasons: [
      ...deviations.slice(0, 3).map(({ statement }) => evidence.redact(statement)),
      ...(isFirst ? [`${service} deviated before all other services`] : []),
      ...named
        .slice(0, 1)
        .map((about) => `But ${toPercent(about.share)} of its new errors complain about ${about.service}`),
    ],
    channels: channels
      .filter(({ surprise }) => surprise >= 0.5)
      .map(({ channel, surprise }) => ({ channel, surprise: round(surprise) })),
    findingIds: idsByService.get(service) ?? [],
    isFirst,
  }));
}

function presentDeploys(
  evidence: EvidenceCase,
  deploys: readonly KnownDeploy[],
  onset: string | null,
  { suspect }: Judgement
): PackDeploy[] {
  const onsetMs = onset === null ? evidence.incident.fromMs : Date.parse(onset);
  return deploys.map(({ atMs, service, version, text }) => {
    const leadMs = onsetMs - atMs;
    const isNear = leadMs >= -deployLagMs && leadMs <= deployLeadMs;
    const isAbout = suspect !== null && (service === '' || service === suspect.service);
    return {
      at: toTimestamp(atMs),
      ...{ service, version: evidence.redact(version), text: evidence.redact(text) },
      minutesBeforeOnset: Math.round(leadMs / 6000) / 10,
      isSuspect: isNear && isAbout,
    };
  });
}

function presentWindow({ fromMs, toMs, lines, readMs, queries }: EvidenceWindow): AnalysedWindow {
  const readShare = Math.min(1, readMs / Math.max(1, toMs - fromMs));
  return {
    range: { from: toTimestamp(fromMs), to: toTimestamp(toMs) },
    lineCount: lines.length,
    isComplete: readShare >= 0.999,
    readShare: Math.round(readShare * 1000) / 1000,
    queries,
  };
}

function compareClusters(evidence: EvidenceCase, changes: readonly RateChange[]): ComparedCluster[] {
  const changed = changes.filter(({ surprise }) => surprise >= 1.3).slice(0, comparedCount);
  const old = changes
    .filter((change) => isOldNoise(change) && !changed.includes(change))
    .toSorted(byCount)
    .slice(0, 5);
  return [...changed, ...old].map((change) => {
    const { tally, kind, surprise } = change;
    const { example, baseline, incident } = tally;
    return {
      clusterId: example.clusterId,
      service: example.service,
      level: example.level,
      templateText: evidence.redact(example.templateText),
      kind,
      baselineCount: baseline.count,
      incidentCount: incident.count,
      baselinePerMinute: perMinute(baseline.count, evidence.baseline.readMs),
      incidentPerMinute: perMinute(incident.count, evidence.incident.readMs),
      surprise: round(surprise),
      firstAt: incident.count === 0 ? null : toTimestamp(incident.firstMs),
      isOldNoise: isOldNoise(change),
    };
  });
}

function byCount(a: RateChange, b: RateChange): number {
  return b.tally.incident.count - a.tally.incident.count || (a.tally.key < b.tally.key ? -1 : 1);
}

function concentrate(
  evidence: EvidenceCase,
  changes: readonly RateChange[],
  blames: readonly ServiceBlame[]
): readonly Concentration[] {
  const service = blames[0]?.service;
  const bad = new Set(
    changes
      .filter(
        ({ kind, surprise, tally }) =>
          (kind === 'new' || kind === 'up') && surprise >= 2 && tally.example.service === service
      )
      .map(({ tally }) => tally.key)
  );
  const own = evidence.incident.lines.filter((line) => line.service === service);
  const isBad = (line: (typeof own)[number]) => bad.has(`${line.service}\0${line.stepKey}`);
  return findConcentrations(
    own.filter(isBad),
    own.filter((line) => !isBad(line))
  ).map((one) => ({
    ...one,
    value: redactValue(evidence, one),
    affectedShare: Math.round(one.affectedShare * 1000) / 1000,
    otherShare: Math.round(one.otherShare * 1000) / 1000,
    surprise: round(one.surprise),
  }));
}

/** With its name before it, which may say that the value is a secret. */
function redactValue({ redact }: EvidenceCase, { name, value }: Concentration): string {
  const redacted = redact(`${name}=${value}`);
  return redacted.startsWith(`${name}=`) ? redacted.slice(name.length + 1) : redact(value);
}

function perMinute(count: number, readMs: number): number {
  return Math.round((count / Math.max(1 / 60, readMs / 60_000)) * 100) / 100;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function toPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
