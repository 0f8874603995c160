// What was ruled out, and what was not looked at.
import type { ServiceBlame } from './blame.ts';
import type { EvidenceCase } from './evidence-case.ts';
import type { EvidencePack, PackDeploy, Remark } from './evidence-pack.ts';
import { isOldNoise, type RateChange } from './rate-changes.ts';
import type { RequestEvidence } from './service-evidence.ts';
import type { Judgement } from './verdict.ts';

/** What the remarks are about. */
export interface RemarkFacts {
  readonly blames: readonly ServiceBlame[];
  readonly changes: readonly RateChange[];
  readonly trafficGrowth: number;
  readonly deploys: readonly PackDeploy[];
  readonly requests: RequestEvidence;
  readonly judgement: Judgement;
}

/** How remarks about those who only suffer end, and remarks about deploys begin. */
const victimEnding = ' as the origin';
const deployBeginning = 'The deploy of ';
const mostNoise = 3;
const mostVictims = 4;

/** Remarks of a pack. */
export function findRemarks(
  evidence: EvidenceCase,
  facts: RemarkFacts
): Pick<EvidencePack, 'ruledOut' | 'notLookedAt'> {
  return {
    ruledOut: [
      ...findNoise(evidence, facts),
      ...findVictims(facts),
      ...findTraffic(facts),
      ...findDeploys(facts),
      ...findQuiet(evidence, facts),
    ],
    notLookedAt: [...findUnread(evidence, facts), ...evidence.notLookedAt],
  };
}

function findNoise(evidence: EvidenceCase, { changes }: RemarkFacts): Remark[] {
  return changes
    .filter(isOldNoise)
    .toSorted((a, b) => b.tally.incident.count - a.tally.incident.count)
    .slice(0, mostNoise)
    .map(({ tally }) => ({
      what: evidence.redact(`The error “${tally.example.templateText}” of ${tally.example.service}`),
      why: `It is old: ${tally.baseline.count} times before, ${tally.incident.count} times in the incident, no more than usual for the time`,
    }));
}

function findVictims({ blames, judgement }: RemarkFacts): Remark[] {
  const { suspect } = judgement;
  return blames
    .filter((other) => other !== suspect && other.blame >= 1)
    .slice(0, mostVictims)
    .flatMap((other): Remark[] => {
      const [named] = other.named;
      const what = `${other.service}${victimEnding}`;
      if (named !== undefined && named.share >= 0.3) {
        return [{ what, why: `${Math.round(named.share * 100)} % of its new errors complain about ${named.service}` }];
      }
      const lagMs = (other.firstMs ?? 0) - (suspect?.firstMs ?? Number.POSITIVE_INFINITY);
      return lagMs > 0 && suspect !== null && other.firstMs !== null
        ? [{ what, why: `It began to deviate ${lagText(lagMs)} after ${suspect.service}` }]
        : [];
    });
}

function lagText(lagMs: number): string {
  const seconds = Math.max(1, Math.round(lagMs / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function trafficText(percent: number): string {
  return percent === 0
    ? 'as often as before'
    : `${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'} often than before`;
}

function findTraffic({ trafficGrowth }: RemarkFacts): Remark[] {
  const percent = Math.round((trafficGrowth - 1) * 100);
  return Math.abs(percent) <= 25
    ? [
        {
          what: 'More or less traffic',
          why: `Frequent lines came ${trafficText(percent)}`,
        },
      ]
    : [];
}

function findDeploys({ deploys }: RemarkFacts): Remark[] {
  if (deploys.length === 0) {
    return [{ what: 'A deploy', why: 'No deploy was told of and no new version writes in either window' }];
  }
  return deploys
    .filter(({ isSuspect }) => !isSuspect)
    .slice(0, 3)
    .map(({ service, version, minutesBeforeOnset }) => ({
      what: `${deployBeginning}${service === '' ? 'all services' : service} ${version}`.trimEnd(),
      why:
        minutesBeforeOnset < 0
          ? `It came ${Math.abs(minutesBeforeOnset)} min after the first deviation`
          : `The evidence is not against this service (${minutesBeforeOnset} min before the first deviation)`,
    }));
}

/** Whether a remark rests on when a service began to deviate, or on what it complained about. */
export function restsOn({ what }: Remark, services: ReadonlySet<string>): boolean {
  return what.endsWith(victimEnding) && services.has(what.slice(0, -victimEnding.length));
}

/** Whether a remark rests on when the first service began to deviate. */
export function restsOnOnset({ what }: Remark): boolean {
  return what.endsWith(victimEnding) || what.startsWith(deployBeginning);
}

/** What was looked at beside lines and shows nothing. */
function findQuiet({ baseline, incident }: EvidenceCase, { requests }: RemarkFacts): Remark[] {
  const shows = (channels: readonly string[]) =>
    requests.deviations.some(({ channel, surprise }) => channels.includes(channel) && surprise >= 1);
  const remarks: Remark[] = [];
  if (baseline.spans.length > 0 && incident.spans.length > 0 && !shows(['calls', 'delay'])) {
    const why = `${baseline.spans.length} spans before and ${incident.spans.length} in the incident were compared, none is clearly longer`;
    remarks.push({ what: 'Slow calls between services', why });
  }
  if (baseline.loads.length > 0 && incident.loads.length > 0 && !shows(['load'])) {
    remarks.push({ what: 'High processor load', why: 'No service uses clearly more than before' });
  }
  return remarks;
}

function findUnread(evidence: EvidenceCase, { requests }: RemarkFacts): Remark[] {
  const remarks: Remark[] = [];
  if (evidence.incident.spans.length === 0) {
    remarks.push({
      what: 'Traces',
      why: `${evidence.traceGap ?? 'No spans were given'}; ${requests.hasTraces ? 'ids in the lines were used' : 'too few lines name a trace'}`,
    });
  }
  if (evidence.incident.loads.length === 0) {
    remarks.push({
      what: 'Metrics',
      why: evidence.loadGap ?? 'None were given: processor, memory and disks were not looked at',
    });
  }
  for (const [name, { readMs, fromMs, toMs }] of Object.entries({
    baseline: evidence.baseline,
    incident: evidence.incident,
  })) {
    const share = readMs / Math.max(1, toMs - fromMs);
    if (share < 0.999) {
      remarks.push({
        what: `${Math.round((1 - share) * 100)} % of the time of the ${name} window`,
        why: 'It holds more lines than an analysis reads',
      });
    }
  }
  return remarks;
}
