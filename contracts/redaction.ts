import { z } from 'zod';
import { Instant, Timestamp } from './time.ts';

const RuleFields = {
  name: z
    .string()
    .max(40)
    .regex(/^[a-z]+(-[a-z]+){0,8}$/, 'must be words of lower-case letters joined by dashes')
    .describe('Shown instead of what the rule takes out, as `<own-NAME>`'),
  form: z.enum(['literal', 'expression']).describe("A text as it stands, or an expression in RE2's syntax"),
  pattern: z.string().min(1).max(500),
};

/** A rule to be made or tried. */
export const NewRedactionRule = z
  .object({ ...RuleFields, ignoresCase: z.boolean().optional().describe('Default: false') })
  .meta({ id: 'NewRedactionRule' });
export type NewRedactionRule = z.infer<typeof NewRedactionRule>;

const CountFields = {
  matchCount: z.number().int().min(0).describe('Values taken out of texts before they were stored'),
  lastMatchedAt: Timestamp.nullable().describe('Null: never'),
};

/** A tenant's own rule. */
export const RedactionRule = z
  .object({
    id: z.uuid(),
    ...RuleFields,
    ignoresCase: z.boolean(),
    createdBy: z.string(),
    createdAt: Timestamp,
    ...CountFields,
  })
  .meta({ id: 'RedactionRule' });
export type RedactionRule = z.infer<typeof RedactionRule>;

/** The tenant's own rules, oldest first, and the built-in ones that took something out. */
export const ListRedactionRulesResponse = z
  .object({
    rules: z.array(RedactionRule),
    builtIn: z.array(z.object({ name: z.string(), ...CountFields })),
    maxRuleCount: z.number().int().min(1),
  })
  .meta({ id: 'ListRedactionRulesResponse' });
export type ListRedactionRulesResponse = z.infer<typeof ListRedactionRulesResponse>;

/** The rule that was made, and what it did to texts that were stored before. */
export const CreateRedactionRuleResponse = z
  .object({ rule: RedactionRule, rewrittenTextCount: z.number().int().min(0).describe('Stored samples and templates') })
  .meta({ id: 'CreateRedactionRuleResponse' });
export type CreateRedactionRuleResponse = z.infer<typeof CreateRedactionRuleResponse>;

/** Path parameter of a rule. */
export const RedactionRuleParams = z.object({ id: z.uuid() });
export type RedactionRuleParams = z.infer<typeof RedactionRuleParams>;

/** The rule that no longer applies. What it took out of stored texts stays out. */
export const DeleteRedactionRuleResponse = z.object({ id: z.uuid() }).meta({ id: 'DeleteRedactionRuleResponse' });
export type DeleteRedactionRuleResponse = z.infer<typeof DeleteRedactionRuleResponse>;

/** Body: a rule and the lines to try it on. */
export const PreviewRedactionRuleRequest = z.object({
  rule: NewRedactionRule,
  query: z.string().min(1).max(8192).describe('LogQL query for lines'),
  from: Instant.optional().describe('Start, included. Default: one hour before `to`'),
  to: Instant.optional().describe('End, excluded. Default: now'),
  lines: z.number().int().min(1).max(5000).optional().describe('Newest lines to try it on. Default: 500'),
});
export type PreviewRedactionRuleRequest = z.infer<typeof PreviewRedactionRuleRequest>;

/** What the rule would take out of real lines. */
export const PreviewRedactionRuleResponse = z
  .object({
    lineCount: z.number().int().min(0).describe('Lines that it was tried on'),
    matchedLineCount: z.number().int().min(0),
    examples: z
      .array(
        z.object({
          text: z.string().describe('At most 8,192 characters of the line'),
          redacted: z.string().describe('What would be kept of it, by all rules'),
          ranges: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
        })
      )
      .max(50),
    query: z.string().describe('What was asked of the log store'),
  })
  .meta({ id: 'PreviewRedactionRuleResponse' });
export type PreviewRedactionRuleResponse = z.infer<typeof PreviewRedactionRuleResponse>;
