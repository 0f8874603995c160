// A pack in fixed sentences, as Markdown: what pages, mails and shells show where no model explains it, and what a model is given.
import type { EvidencePack, PackFinding, QuotedLine } from './evidence-pack.ts';

/** Rows of a table that are told; the pack itself has them all. */
const shownRows = 10;

/** The pack as text. The same pack gives the same text. */
export function describeEvidence(pack: EvidencePack): string {
  const sections = [
    `# Root cause of ${inline(pack.subjectText)}`,
    pack.summary.lines.map(inline).join('\n\n'),
    section('Why this confidence', pack.confidenceReasons.map(inline)),
    section('Suspects', pack.suspects.map(describeSuspect)),
    section(
      'Findings',
      pack.findings.map((finding) => describeFinding(finding, pack.lines))
    ),
    pack.droppedFindingCount === 0
      ? ''
      : `${pack.droppedFindingCount} weaker findings were left out so that this stays short.`,
    section(
      'Timeline',
      pack.timeline.entries.map(({ at, text }) => `${at} ${inline(text)}`)
    ),
    section('How it spread', describePropagation(pack)),
    section('Before and during', pack.comparison.slice(0, shownRows).map(describeCluster)),
    section(
      'Where it concentrates',
      pack.concentration.map(
        ({ name, value, affectedShare, otherShare }) =>
          `${inline(name)} ${inline(value)}: ${toPercent(affectedShare)} of the lines that went wrong, ${toPercent(otherShare)} of the others`
      )
    ),
    section(
      'Deploys',
      pack.deploys.map(({ at, text, isSuspect }) => `${at} ${inline(text)}${isSuspect ? ' (suspect)' : ''}`)
    ),
    section(
      'Ruled out',
      pack.ruledOut.map(({ what, why }) => `${inline(what)}: ${inline(why)}`)
    ),
    section(
      'Not looked at',
      pack.notLookedAt.map(({ what, why }) => `${inline(what)}: ${inline(why)}`)
    ),
    section('Windows', describeWindows(pack)),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `## ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}

function describeSuspect({ rank, service, score, reasons, findingIds }: EvidencePack['suspects'][number]): string {
  const evidence = findingIds.length === 0 ? '' : ` (${findingIds.join(', ')})`;
  return `${rank}. ${inline(service)}, ${toPercent(score)} of all suspicion${evidence}: ${reasons.map(inline).join('; ')}`;
}

function describeFinding(finding: PackFinding, lines: readonly QuotedLine[]): string {
  const { id, statement, baseline, incident, firstAt, surprise } = finding;
  const change = baseline === '' ? incident : `${baseline} before, ${incident} in the incident`;
  const since = firstAt === null ? '' : `, since ${firstAt}`;
  const head = `${id} ${inline(statement)}${change === '' ? '' : ` (${inline(change)}${since})`}; chance explains it with a probability of 1e-${Math.round(surprise)}.`;
  const quotes = lines
    .filter(({ findingId }) => findingId === id)
    .map((line) => `  - ${line.id} ${line.at} ${inline(line.service)}: ${code(line.text)}`);
  const { traceIds = [], metricQuery } = finding;
  const sources = [
    ...(traceIds.length === 0 ? [] : [`  - traces ${traceIds.map(inline).join(', ')}`]),
    ...(metricQuery === undefined ? [] : [`  - PromQL ${code(metricQuery)}`]),
  ];
  return [head, ...quotes, ...sources].join('\n');
}

function describePropagation({ propagation }: EvidencePack): string[] {
  const { basis, weakness, services, edges } = propagation;
  const affected = services.filter(({ role }) => role !== 'unaffected').map(({ service }) => inline(service));
  const ways = edges
    .filter(({ affectedCount }) => basis !== 'traces' || affectedCount > 0)
    .slice(0, shownRows)
    .map(({ from, to, count, affectedCount }) =>
      basis === 'traces'
        ? `${inline(from)} to ${inline(to)}: ${affectedCount} of ${count} requests affected`
        : `${inline(from)} before ${inline(to)}`
    );
  return [
    affected.length === 0 ? 'No service is affected' : `Affected: ${affected.join(', ')}`,
    ...(weakness === '' ? [] : [inline(weakness)]),
    ...ways,
  ];
}

function describeCluster(cluster: EvidencePack['comparison'][number]): string {
  const { service, level, templateText, kind, baselinePerMinute, incidentPerMinute, isOldNoise } = cluster;
  return `${isOldNoise ? 'old noise' : kind}: ${inline(service)} ${level} ${code(templateText)}: ${baselinePerMinute} a minute before, ${incidentPerMinute} in the incident`;
}

function describeWindows({ windows }: EvidencePack): string[] {
  return Object.entries(windows).map(([name, { range, lineCount, readShare, isComplete }]) => {
    const share = isComplete ? 'all of it' : `${toPercent(readShare)} of its time`;
    return `${name}: ${range.from} to ${range.to}, ${lineCount} events, ${share} was read`;
  });
}

/** Text on one line that Markdown shows as it is. */
function inline(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|]/g, (character) => `\\${character}`);
}

/** Text as code inside a line, whatever stands in it. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${text.replaceAll(/\s+/g, ' ')}${padding}${fence}`;
}

function toPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
