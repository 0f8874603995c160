import { z } from 'zod';
import { roles } from './routes.ts';

/** A name that people give: one line, no control characters. */
export const Name = z
  .string()
  .min(1)
  .max(200)
  // Without the flag u, which the OpenAPI document cannot say.
  .regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'must not hold control characters')
  .refine((text) => !/\p{Surrogate}/u.test(text), 'must not hold half a character');

/** Who does something. */
export const Actor = z
  .object({
    kind: z
      .enum(['grafana-user', 'api-key', 'installation'])
      .describe('`installation`: requests that name nobody, where the server is set to answer them'),
    id: z.string().describe('Stable within its kind'),
    name: z.string(),
  })
  .meta({ id: 'Actor' });
export type Actor = z.infer<typeof Actor>;

/** Who calls, as the server has established it. */
export const GetIdentityResponse = z
  .object({
    actor: Actor,
    role: z.enum(roles),
    tenant: z.object({ id: z.uuid(), name: z.string() }),
  })
  .meta({ id: 'GetIdentityResponse' });
export type GetIdentityResponse = z.infer<typeof GetIdentityResponse>;
