import type { ExportInvestigationResponse, Investigation, RequestOf } from '@loghunter/contracts';
import { presentAnalysis } from '../root-cause/present-analysis.ts';
import type { RootCauseFeature } from '../root-cause/root-cause-feature.ts';
import { code, fenced, inline, quoted } from './markdown.ts';
import { showInvestigation } from './show-investigation.ts';
import { listSimilarInvestigations } from './similar-investigations.ts';

/** Characters of a title in a file's name. */
const maxSlugLength = 60;

/** `GET /api/v1/investigations/{id}/export`: the draft of a post-mortem. */
export async function exportInvestigation(
  feature: RootCauseFeature,
  { id }: RequestOf<'exportInvestigation'>
): Promise<ExportInvestigationResponse> {
  const investigation = await showInvestigation(feature, id);
  const newest = investigation.analyses.find(({ verdict }) => verdict !== null);
  const analysis = newest === undefined ? null : await feature.analyses.get(feature.tenantId, newest.id);
  const { similar } = await listSimilarInvestigations(feature, { id });
  const day = investigation.range.from.slice(0, 10);
  const words = investigation.title.toLowerCase().match(/[a-z0-9]+/g) ?? ['investigation'];
  return {
    fileName: `${day}-${words.join('-').slice(0, maxSlugLength)}.md`,
    markdown: writeMarkdown(
      investigation,
      analysis === null ? '' : presentAnalysis(analysis).text,
      similar.map(({ text, investigation: other }) => `${other.title}: ${text}`)
    ),
  };
}

function writeMarkdown(investigation: Investigation, evidence: string, similar: readonly string[]): string {
  const { title, state, range, services, resolution } = investigation;
  const parts = [
    `# ${inline(title)}`,
    [
      `- State: ${state}`,
      `- Time: ${range.from} to ${range.to}`,
      `- Services: ${services.length === 0 ? 'not said' : services.map(inline).join(', ')}`,
      `- Begun by ${inline(investigation.createdBy)} on ${investigation.createdAt}`,
    ].join('\n'),
    `## What it was and what helped\n\n${resolution === '' ? '_To be written._' : quoted(resolution)}`,
    // Its headings stand one level below this one.
    `## What the evidence shows\n\n${evidence === '' ? 'No analysis.' : evidence.replaceAll(/^(#+ )/gm, '##$1')}`,
    `## Timeline\n\n${timelineOf(investigation)}`,
    `## Pinned lines\n\n${linesOf(investigation)}`,
    `## Comments\n\n${commentsOf(investigation)}`,
    `## Seen before\n\n${similar.map((text) => `- ${inline(text)}`).join('\n') || 'No investigation about the same clusters.'}`,
    '## What we do so that it does not come back\n\n_To be written._',
  ];
  return `${parts.join('\n\n')}\n`;
}

function timelineOf({ timeline }: Investigation): string {
  return timeline
    .map(({ at, by, kind, text }) => `- ${at} ${kind}${by === '' ? '' : ` by ${inline(by)}`}: ${inline(text)}`)
    .join('\n');
}

function linesOf({ pinnedLines }: Investigation): string {
  const shown = pinnedLines.map(({ at, service, note, query, hash, text }) => {
    const head = `${at} ${inline(service)}${note === '' ? '' : `: ${inline(note)}`}`;
    return `${head}\n\n${fenced(text)}\n\nLogQL ${code(query)}, hash ${code(hash)}`;
  });
  return shown.join('\n\n') || 'None.';
}

function commentsOf({ comments }: Investigation): string {
  const shown = comments.map(
    ({ createdAt, createdBy, text }) => `${inline(createdBy)}, ${createdAt}:\n\n${quoted(text)}`
  );
  return shown.join('\n\n') || 'None.';
}
