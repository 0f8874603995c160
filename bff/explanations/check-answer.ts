import { guardQuery, type LabelMatcher } from '@loghunter/engine/logql';
import { plainText, quotesOf, unsupportedNames } from '@loghunter/engine/model-text';
import { redact } from '@loghunter/engine/redaction';
import type { ExplanationContent } from '@loghunter/ports';
import { queryLimits } from '../queries/query-policy.ts';
import type { ModelExplanation } from './answer-schema.ts';
import type { ExplanationPrompt } from './build-prompt.ts';

/** What an answer is checked against. */
export interface AnswerBounds {
  readonly prompt: Pick<ExplanationPrompt, 'ids' | 'services' | 'sentText' | 'ownText'>;
  readonly verdict: 'confirmed' | 'likely' | 'inconclusive';
  /** Computed from the evidence; the answer can lower it only. */
  readonly confidence: number;
  readonly suspect: string | null;
  /** Matchers that every query of the tenant gets. */
  readonly forcedMatchers: readonly LabelMatcher[];
  /** Labels that a proposed query may name. */
  readonly labelNames: ReadonlySet<string>;
}

interface Claim {
  readonly text: string;
  readonly evidence: readonly string[];
}

/** An answer that was checked. */
export interface CheckedAnswer {
  readonly content: Omit<ExplanationContent, 'isRepaired' | 'citations'>;
  readonly confidence: number;
}

/** As `engine/redaction` writes them. */
const pseudonym = /<[a-z]{1,40}(?:-[a-z]{1,40}){0,9}-\d{1,9}>/g;
const maxSummaryClaims = 6;
const maxHypotheses = 5;
const maxRemarks = 6;
const maxChecks = 3;
/** What our confidence falls to at most when the model has a weaker one. */
const confidenceCaps = { low: 0.3, medium: 0.6, high: 1 } as const;
/** The model suspects somebody else, or nobody. */
const disagreementCap = 0.5;

/** Ids and services in an answer that the evidence does not have: one more try is asked for. */
export function inventionsOf(answer: ModelExplanation, { ids, services }: AnswerBounds['prompt']): readonly string[] {
  const named = [
    ...answer.summary.flatMap(({ evidence }) => evidence),
    ...answer.root_cause.evidence,
    ...answer.suggested_action.evidence,
    ...answer.hypotheses.flatMap(({ evidence, against }) => [...evidence, ...against]),
  ];
  const unknownIds = [...new Set(named)].filter((id) => !ids.has(id));
  const namedServices = [answer.root_cause.service, ...answer.hypotheses.map(({ service }) => service)];
  const unknownServices = namedServices.filter((service) => service !== '' && !services.has(service));
  return [
    // Counted and not repeated: they are the model's text, and go back to it.
    ...(unknownIds.length === 0 ? [] : [`${unknownIds.length} ids are not in the evidence.`]),
    ...(unknownServices.length === 0 ? [] : [`${unknownServices.length} services are not in the evidence.`]),
  ];
}

/**
 * Keeps of an answer what the evidence bears: claims with ids whose quotes stand there letter by letter and that name nothing exact
 * which does not. Links, images and tags go; queries must pass the guard. Call {@link inventionsOf} first.
 */
export function checkAnswer(answer: ModelExplanation, bounds: AnswerBounds): CheckedAnswer {
  let droppedClaimCount = 0;
  const { ids, services, sentText, ownText } = bounds.prompt;
  // They stand for values of the evidence, and nobody else can write one that was sent.
  const withoutPseudonyms = (text: string) =>
    text.replace(pseudonym, (found) => (sentText.includes(found) ? ' ' : found));
  function checkedText(text: string): string | null {
    const plain = redact(plainText(text));
    if (plain === '') {
      return null;
    }
    const quotes = quotesOf(plain);
    // A name that only a line has may be quoted and not used: whoever wrote the line would speak through the model.
    const known = [ownText, ...ids, ...quotes].join('\n');
    const isBorne =
      quotes.every((quote) => sentText.includes(quote)) &&
      unsupportedNames(withoutPseudonyms(plain), known).length === 0;
    droppedClaimCount += isBorne ? 0 : 1;
    return isBorne ? plain : null;
  }
  function claimText({ text, evidence }: Claim): string | null {
    const cited = evidence.filter((id) => ids.has(id));
    if (text.trim() === '') {
      return null;
    }
    if (cited.length === 0) {
      droppedClaimCount += 1;
      return null;
    }
    return checkedText(text);
  }
  /** The claim with its evidence behind it, as people read it. */
  function withIds(claim: Claim): string | null {
    const text = claimText(claim);
    return text && `${text.replace(/[.\s]+$/, '')} (${claim.evidence.filter((id) => ids.has(id)).join(', ')}).`;
  }
  const summary = answer.summary.slice(0, maxSummaryClaims).flatMap((claim) => withIds(claim) ?? []);
  const hypotheses = answer.hypotheses.slice(0, maxHypotheses).flatMap(({ service, mechanism, evidence, ...rest }) => {
    const text = services.has(service) ? claimText({ text: mechanism, evidence }) : null;
    const against = rest.against.filter((id) => ids.has(id));
    return text === null ? [] : [{ service, mechanism: text, evidence, against, confidence: rest.confidence }];
  });
  const rootCause = bounds.verdict === 'inconclusive' ? null : withIds(answer.root_cause);
  return {
    confidence: confidenceOf(answer, bounds, hypotheses[0]?.confidence),
    content: {
      origin: 'model',
      rootCause,
      summary: summary.join(' '),
      suggestedAction: withIds(answer.suggested_action),
      hypotheses,
      unknowns: answer.unknowns.slice(0, maxRemarks).flatMap((text) => checkedText(text) ?? []),
      nextChecks: answer.next_checks.slice(0, maxChecks).flatMap(({ text, query }) => {
        const checked = checkedText(text);
        return checked === null ? [] : [{ text: checked, query: checkedQuery(query, bounds) }];
      }),
      droppedClaimCount,
    },
  };
}

function confidenceOf(
  answer: ModelExplanation,
  { confidence, suspect }: AnswerBounds,
  first: keyof typeof confidenceCaps | undefined
): number {
  const capped = Math.min(confidence, confidenceCaps[first ?? 'low']);
  const agrees = suspect === null || answer.root_cause.service === suspect;
  return agrees ? capped : Math.min(capped, disagreementCap);
}

/** A query as it may be run by a person: through the guard, of known labels, looking for nothing that the evidence does not have. */
function checkedQuery(text: string, { prompt, forcedMatchers, labelNames }: AnswerBounds): string | null {
  if (text.trim() === '') {
    return null;
  }
  const guarded = guardQuery(text, {
    ...queryLimits,
    forced: forcedMatchers,
    refusedStages: new Set(['line_format', 'label_format'] as const),
  });
  if (guarded.kind === 'refused') {
    return null;
  }
  const names = guarded.selectors.flat().filter((one) => !forcedMatchers.some(({ name }) => name === one.name));
  const areKnown = names.every(({ name }) => labelNames.has(name));
  const isBorne = literalsOf(guarded.query).every(
    // Signs of expressions are no part of a name.
    (literal) => unsupportedNames(literal.replace(/[^\p{L}\p{N}._/@:-]+/gu, ' '), prompt.sentText).length === 0
  );
  return areKnown && isBorne ? guarded.text : null;
}

/** Fields of a query's tree that hold texts of whoever wrote it, other than names of labels. */
const literalFields = new Set(['value', 'pattern', 'patterns', 'expression', 'range', 'replacement', 'template']);

/** Texts that a query looks for. */
function literalsOf(value: unknown, isLiteral = false): readonly string[] {
  if (typeof value === 'string') {
    return isLiteral ? [value] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => literalsOf(item, isLiteral));
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => literalsOf(inner, literalFields.has(name)))
    : [];
}
