import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Explanation } from '@loghunter/contracts';
import { printable } from '../terminal/printable.ts';

const pollMs = 500;

/** Has the server put an analysis into words, and waits; null when somebody stopped waiting. */
export async function explainAnalysis(
  client: Client,
  analysisId: string,
  signal: AbortSignal
): Promise<Explanation | null> {
  let { explanation } = await client.startExplanation({ analysisId });
  while (explanation.status === 'pending') {
    if (signal.aborted) {
      return null;
    }
    await sleep(pollMs);
    ({ explanation } = await client.getExplanation({ id: explanation.id }));
  }
  return explanation;
}

/** The explanation as a terminal may see it: who wrote it first. */
export function renderExplanation(explanation: Explanation): string {
  const { origin, provider, model, failure, rootCause, summary, suggestedAction, hypotheses, unknowns, nextChecks } =
    explanation;
  const author =
    origin === 'model'
      ? `In the words of ${[provider, model].filter((name) => name !== null).join(' ')}, checked against the evidence`
      : `In fixed sentences${failure === null ? '' : `, because no model explained it: ${failure}`}`;
  const parts = [
    `## ${author}`,
    ...(rootCause === null ? [] : [rootCause]),
    summary,
    ...(suggestedAction === null ? [] : [`Suggested: ${suggestedAction}`]),
    ...hypotheses.map(
      ({ service, mechanism, evidence, against }) =>
        `- ${service}: ${mechanism} (for: ${evidence.join(', ') || 'nothing'}; against: ${against.join(', ') || 'nothing'})`
    ),
    ...unknowns.map((unknown) => `- Not known: ${unknown}`),
    ...renderCitations(explanation),
    ...nextChecks.map(({ text, query }) => `- Next: ${text}${query === null ? '' : `: ${query}`}`),
  ];
  return `${parts.map((part) => part.split('\n').map(printable).join('\n')).join('\n\n')}\n`;
}

/** Whether the log store had the quoted lines when they were explained. */
function renderCitations({ citations }: Explanation): readonly string[] {
  if (citations.length === 0) {
    return [];
  }
  const doubtful = citations.filter(({ state }) => state !== 'verified');
  const others = doubtful.map(({ lineId, state, reason }) => `; ${lineId} is ${state}: ${reason}`);
  return [
    `- Quoted lines read again from the log store: ${citations.length - doubtful.length} of ${citations.length} verified${others.join('')}`,
  ];
}
