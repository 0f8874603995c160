import type { AnswerSchema } from '@loghunter/ports';
import { z } from 'zod';

/** Longest text of one claim: a model that writes more has lost its way. */
const Text = z.string().max(2000);
const Ids = z.array(z.string().max(20)).max(100);
const Claim = z.strictObject({ text: Text, evidence: Ids });

/** What a model's answer must be. Lists are bounded far above what is shown, so that a flood is no answer. */
export const ModelExplanation = z.strictObject({
  summary: z.array(Claim).max(50),
  root_cause: z.strictObject({ service: z.string().max(300), text: Text, evidence: Ids }),
  suggested_action: Claim,
  hypotheses: z
    .array(
      z.strictObject({
        service: z.string().max(300),
        mechanism: Text,
        evidence: Ids,
        against: Ids,
        confidence: z.enum(['low', 'medium', 'high']),
      })
    )
    .max(50),
  unknowns: z.array(Text).max(50),
  next_checks: z.array(z.strictObject({ text: Text, query: z.string().max(2000) })).max(50),
});

/** A model's answer as it stands. */
export type ModelExplanation = z.infer<typeof ModelExplanation>;

const text = { type: 'string' };
const ids = { type: 'array', items: { type: 'string' } };

function object(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function list(items: unknown): Readonly<Record<string, unknown>> {
  return { type: 'array', items };
}

/** The same for providers, in what all of them understand: no bounds, every property required. */
export const explanationSchema: AnswerSchema = {
  name: 'explanation',
  schema: object({
    summary: list(object({ text, evidence: ids })),
    root_cause: object({ service: text, text, evidence: ids }),
    suggested_action: object({ text, evidence: ids }),
    hypotheses: list(
      object({
        ...{ service: text, mechanism: text, evidence: ids, against: ids },
        confidence: { type: 'string', enum: ['low', 'medium', 'high'] },
      })
    ),
    unknowns: list(text),
    next_checks: list(object({ text, query: text })),
  }),
};

/** Reads a model's answer. Some put it into a fence of Markdown, or words before and behind it. */
export function readAnswer(
  answer: string
):
  | { readonly kind: 'read'; readonly explanation: ModelExplanation }
  | { readonly kind: 'broken'; readonly faults: readonly string[] } {
  const start = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  if (start < 0 || end < start) {
    return { kind: 'broken', faults: ['The answer is no JSON object.'] };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer.slice(start, end + 1));
  } catch {
    return { kind: 'broken', faults: ['The answer is no valid JSON.'] };
  }
  const read = ModelExplanation.safeParse(parsed);
  return read.success
    ? { kind: 'read', explanation: read.data }
    : { kind: 'broken', faults: read.error.issues.slice(0, 10).map(faultOf) };
}

/** Says where something is wrong and not what stands there: that is the model's text. */
function faultOf({ path, code }: z.core.$ZodIssue): string {
  const place = path.map((part) => String(part).slice(0, 40)).join('.');
  return `${place === '' ? 'The object' : place} does not have the form that was asked for (${code}).`;
}
