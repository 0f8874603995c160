// Gives findings and quoted lines their ids.
import { redactStreamLabels, unchangedLabels } from '../redaction/index.ts';
import type { ServiceBlame } from './blame.ts';
import type { EvidenceCase, EvidenceLine } from './evidence-case.ts';
import type { PackFinding, QuotedLine } from './evidence-pack.ts';
import { lineHashOf } from './line-hash.ts';
import type { Deviation } from './deviation.ts';

/** Findings of the first suspect, and of each other one: three say what they say. */
const findingCounts = { first: 6, other: 3 };
/** Deviations that say less are not told. */
const leastSurprise = 1;
const quotedLineCount = 3;

/** Findings of the suspects, and the lines they rest on. */
export interface QuotedFindings {
  readonly findings: readonly PackFinding[];
  readonly lines: readonly QuotedLine[];
  readonly idsByService: ReadonlyMap<string, readonly string[]>;
}

/** Findings of the suspects in order of suspicion; numbers grow from the strongest suspect's strongest finding on. */
export function quoteFindings(evidence: EvidenceCase, suspects: readonly ServiceBlame[]): QuotedFindings {
  const findings: PackFinding[] = [];
  const lines: QuotedLine[] = [];
  const idsByService = new Map<string, string[]>();
  for (const [index, { service, deviations }] of suspects.entries()) {
    const told = chooseTold(deviations, index === 0 ? findingCounts.first : findingCounts.other);
    for (const deviation of told) {
      const id = `F${findings.length + 1}`;
      const quoted = deviation.lines
        .slice(0, quotedLineCount)
        .map(({ window, line }, place) =>
          quoteLine(evidence, { id: `L${lines.length + place + 1}`, findingId: id, window }, line)
        );
      lines.push(...quoted);
      findings.push(presentFinding(evidence, id, deviation, quoted));
      idsByService.set(service, [...(idsByService.get(service) ?? []), id]);
    }
  }
  return { findings, lines, idsByService };
}

/** The strongest of each channel, because channels are independent of each other, and then the strongest of all; in order of strength. */
function chooseTold(deviations: readonly Deviation[], count: number): readonly Deviation[] {
  const telling = deviations.filter(
    ({ surprise, weight }) => surprise >= leastSurprise && surprise * weight >= leastSurprise / 4
  );
  const ofChannels = [...Map.groupBy(telling, ({ channel }) => channel).values()].flatMap((own) => own.slice(0, 1));
  const chosen = new Set([...new Set([...ofChannels, ...telling])].slice(0, count));
  return telling.filter((deviation) => chosen.has(deviation));
}

function presentFinding(
  evidence: EvidenceCase,
  id: string,
  deviation: Deviation,
  quoted: readonly QuotedLine[]
): PackFinding {
  const {
    channel,
    kind,
    service,
    surprise,
    statement,
    baseline,
    incident,
    firstMs,
    clusterId,
    traceIds = [],
  } = deviation;
  return {
    ...{ id, channel, kind, service },
    statement: evidence.redact(statement),
    surprise: Math.round(surprise * 10) / 10,
    ...{ baseline, incident },
    firstAt: firstMs === null ? null : toTimestamp(firstMs),
    clusterId,
    lineIds: quoted.map((line) => line.id),
    query: quoted[0]?.query ?? '',
    ...(traceIds.length === 0 ? {} : { traceIds }),
    ...(deviation.metricQuery === undefined ? {} : { metricQuery: deviation.metricQuery }),
  };
}

function quoteLine(
  evidence: EvidenceCase,
  known: Pick<QuotedLine, 'id' | 'findingId' | 'window'>,
  line: EvidenceLine
): QuotedLine {
  const { entry, service, namespace, level } = line;
  const labels = redactStreamLabels(line.labels, evidence.redact);
  return {
    ...known,
    ...{ service, namespace, level, labels },
    at: toTimestamp(Number(entry.timestampNs / 1_000_000n)),
    timestampNs: String(entry.timestampNs),
    // The first line of an event: that is what the log store has under this time and hash.
    text: evidence.quote(entry.line),
    hash: lineHashOf(entry),
    query: evidence.queryOf(unchangedLabels(line.labels, labels)),
  };
}

/** A moment as packs write it. */
export function toTimestamp(atMs: number): string {
  return new Date(Math.floor(atMs)).toISOString();
}
