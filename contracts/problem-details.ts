import { z } from 'zod';
import { problemKinds, type ProblemCode } from './problems.ts';

const codes = Object.keys(problemKinds) as [ProblemCode, ...ProblemCode[]];

/** Body of every answer that is not a success: RFC 9457 problem details, `application/problem+json`. */
export const ProblemDetails = z
  .object({
    type: z.string().describe('Address of the page that explains the code, ending in #<code>'),
    title: z.string().describe('Constant title of the code'),
    status: z.number().int(),
    detail: z.string().describe('What happened this time, in one sentence, free of secrets'),
    instance: z.string().describe('Request id, also in the X-Request-Id header and in the server log'),
    code: z.enum(codes),
    retryable: z.boolean(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('One entry per invalid field of the request'),
  })
  .meta({ id: 'ProblemDetails' });
export type ProblemDetails = z.infer<typeof ProblemDetails>;
