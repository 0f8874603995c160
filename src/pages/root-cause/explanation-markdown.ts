import type { Explanation } from '@loghunter/contracts';

type WrittenExplanation = Pick<
  Explanation,
  | 'origin'
  | 'verdict'
  | 'confidence'
  | 'rootCause'
  | 'summary'
  | 'suggestedAction'
  | 'hypotheses'
  | 'unknowns'
  | 'nextChecks'
  | 'citations'
  | 'provider'
  | 'model'
>;

/** An explanation as Markdown for a chat or a ticket; who wrote it stands on top. */
export function explanationMarkdown(explanation: WrittenExplanation): string {
  const { origin, verdict, confidence, rootCause, summary, suggestedAction, provider, model } = explanation;
  const author =
    origin === 'model'
      ? `AI-generated (${[provider, model].filter(Boolean).join(' ')}), checked against the evidence`
      : 'Fixed sentences, no model';
  const parts = [
    `**${verdict}** (confidence ${Math.round(confidence * 100)} %). _${author}._`,
    rootCause === null ? '' : `**${rootCause}**`,
    summary,
    suggestedAction === null ? '' : `Suggested: ${suggestedAction}`,
    section(
      'Hypotheses',
      explanation.hypotheses.map(
        ({ service, mechanism, confidence: sure, evidence, against }) =>
          `${service}: ${mechanism} (${sure}; for ${evidence.join(', ')}${against.length === 0 ? '' : `; against ${against.join(', ')}`})`
      )
    ),
    section('Not known', explanation.unknowns),
    section(
      'Worth a look',
      explanation.nextChecks.map(({ text, query }) =>
        query === null ? text : `${text}: \`${query.replaceAll('`', "'")}\``
      )
    ),
  ];
  if (explanation.citations.length > 0) {
    const verified = explanation.citations.filter(({ state }) => state === 'verified').length;
    parts.push(
      `_Quoted lines read again from the log store: ${verified} of ${explanation.citations.length} verified._`
    );
  }
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `### ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}
