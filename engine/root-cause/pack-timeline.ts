// What happened when.
import type { ServiceBlame } from './blame.ts';
import type { EvidenceCase, KnownDeploy } from './evidence-case.ts';
import type { EvidencePack, PackFinding, TimelineEntry } from './evidence-pack.ts';
import { toTimestamp } from './pack-findings.ts';
import type { RateChange } from './rate-changes.ts';

/** Blame from which on a service's first deviation may be the onset. */
const tellingBlame = 2;
const badLevels: ReadonlySet<string> = new Set(['warn', 'error', 'fatal']);

/** Onset, first bad cluster, deploys and first deviations, oldest first. */
export function findTimeline(
  evidence: EvidenceCase,
  known: {
    readonly blames: readonly ServiceBlame[];
    readonly deploys: readonly KnownDeploy[];
    readonly changes: readonly RateChange[];
    readonly findings: readonly PackFinding[];
  }
): EvidencePack['timeline'] {
  const { blames, deploys, changes, findings } = known;
  const telling = blames.filter(({ blame, firstMs }) => blame >= tellingBlame && firstMs !== null);
  const onsetMs = telling.length === 0 ? null : Math.min(...telling.map(({ firstMs }) => firstMs ?? 0));
  const firstBad = findFirstBad(changes, new Set(telling.map(({ service }) => service)));
  const entries: TimelineEntry[] = [
    entry(evidence.incident.fromMs, 'incident-start', '', 'The incident window begins'),
    entry(evidence.incident.toMs, 'incident-end', '', 'The incident window ends'),
    ...deploys.map(({ atMs, service, text }) => entry(atMs, 'deploy', service, evidence.redact(text))),
    ...telling.map(({ service, firstMs }) => entry(firstMs ?? 0, 'deviation', service, `${service} begins to deviate`)),
  ];
  if (onsetMs !== null) {
    const who = telling.filter(({ firstMs }) => firstMs === onsetMs).map(({ service }) => service);
    entries.push(entry(onsetMs, 'onset', who[0] ?? '', `First deviation, in ${who.join(' and ')}`));
  }
  if (firstBad !== undefined) {
    const { example, incident } = firstBad.tally;
    const id = findings.find(({ clusterId }) => clusterId !== null && clusterId === example.clusterId)?.id ?? null;
    const text = evidence.redact(`First bad cluster: “${example.templateText}”`);
    entries.push({ ...entry(incident.firstMs, 'first-bad-cluster', example.service, text), findingId: id });
  }
  return {
    onset: onsetMs === null ? null : toTimestamp(onsetMs),
    firstBadClusterId: firstBad?.tally.example.clusterId ?? null,
    entries: entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : order(a) - order(b))),
  };
}

/** The new error or warning of a suspect that came first. */
function findFirstBad(changes: readonly RateChange[], services: ReadonlySet<string>): RateChange | undefined {
  return changes
    .filter(
      ({ kind, surprise, tally }) =>
        kind === 'new' && surprise >= 2 && badLevels.has(tally.example.level) && services.has(tally.example.service)
    )
    .toSorted((a, b) => a.tally.incident.firstMs - b.tally.incident.firstMs)[0];
}

const kinds: ReadonlyArray<TimelineEntry['kind']> = [
  'incident-start',
  'deploy',
  'onset',
  'deviation',
  'first-bad-cluster',
  'incident-end',
];

function order({ kind }: TimelineEntry): number {
  return kinds.indexOf(kind);
}

function entry(atMs: number, kind: TimelineEntry['kind'], service: string, text: string): TimelineEntry {
  return { at: toTimestamp(atMs), kind, service, text, findingId: null };
}
