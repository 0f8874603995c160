import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../settings/secret.ts';

/** Headers of a signed call of Grafana's webhook contact point, as `provisioning/alerting/contact-points.yaml` names them. */
export const signatureHeader = 'X-Grafana-Alerting-Signature';
export const timestampHeader = 'X-Grafana-Alerting-Timestamp';
/** Clocks differ and networks are slow; what is older was kept by somebody. Standard Webhooks recommends the same. */
const toleranceMs = 5 * 60_000;
/** As Go's `hex.EncodeToString` writes it. Decoding takes capitals too and passes over what follows, and a repeat must not look like another call. */
const canonicalSignature = /^[0-9a-f]{64}$/;
/** Grafana sends as many as `maxAlerts` says, and without it all. */
const maxAlerts = 500;
const maxTextCharacters = 2000;

const Text = z.string().transform((text) => text.slice(0, maxTextCharacters));
const Texts = z.record(z.string().max(200), Text);

const Alert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: Texts.default({}),
  annotations: Texts.default({}),
  startsAt: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time'),
  endsAt: z.string().optional(),
  fingerprint: z.string().min(1).max(200),
  generatorURL: z.string().max(4000).optional(),
});

/** Body of Grafana's webhook contact point; fields that it has beside these are not read. */
export const GrafanaAlerts = z.object({
  receiver: z.string().max(500).default(''),
  alerts: z.array(Alert).max(maxAlerts),
});
export type GrafanaAlerts = z.infer<typeof GrafanaAlerts>;
export type GrafanaAlert = GrafanaAlerts['alerts'][number];

/** Why a call is not taken; null: it is signed, and signed just now. */
export function findFlaw(
  secret: Secret,
  call: { readonly headers: Headers; readonly body: string },
  nowMs: number
): 'unsigned' | 'wrong-signature' | 'too-old' | null {
  const signature = call.headers.get(signatureHeader);
  const timestamp = call.headers.get(timestampHeader);
  if (signature === null || timestamp === null) {
    return 'unsigned';
  }
  // Grafana: hex SHA-256 over `<unix seconds>:<body>` when a header for the time is set.
  const expected = createHmac('sha256', secret.reveal()).update(`${timestamp}:${call.body}`).digest();
  if (!canonicalSignature.test(signature) || !timingSafeEqual(Buffer.from(signature, 'hex'), expected)) {
    return 'wrong-signature';
  }
  return Math.abs(nowMs - Number(timestamp) * 1000) <= toleranceMs ? null : 'too-old';
}
