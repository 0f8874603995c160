import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '../../settings/secret.ts';

/**
 * Buttons are good for less than the 24 hours for which a used one is remembered, so that none works twice. Someone who comes later
 * goes by the page.
 */
export const actionLifetimeMs = 23 * 3_600_000;

/** What a button does. */
export const actionNames = ['acknowledge', 'ignore', 'ignore-until-10x', 'open-case'] as const;
export type ActionName = (typeof actionNames)[number];

/** What a signed link says: whoever holds it may do this once. */
export interface SignedAction {
  readonly tenantId: string;
  readonly deliveryId: string;
  readonly noticeId: string;
  readonly action: ActionName;
  /** Milliseconds since 1970; whole seconds. */
  readonly expiresAtMs: number;
}

// Short names: the text is part of an address in mails and telephones.
const Payload = z.strictObject({
  t: z.uuid(),
  d: z.uuid(),
  n: z.uuid(),
  a: z.enum(actionNames),
  e: z.int().positive(),
});

/** The token of a link: what it says, and an HMAC-SHA256 over it with a key made of the installation's for links alone. */
export function signAction(key: Secret, action: SignedAction): string {
  const { tenantId, deliveryId, noticeId, expiresAtMs } = action;
  const payload = { t: tenantId, d: deliveryId, n: noticeId, a: action.action, e: Math.floor(expiresAtMs / 1000) };
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return withMac(key, text);
}

/** What a token says; null when this installation did not write it letter by letter, or its time is over. */
export function readAction(key: Secret, token: string, nowMs: number): SignedAction | null {
  const [text = ''] = token.split('.', 1);
  const given = Buffer.from(token);
  // Texts rather than bytes: decoding passes over padding, foreign letters and the last letter's spare bits.
  const expected = Buffer.from(withMac(key, text));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return null;
  }
  const { t, d, n, a, e } = Payload.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  return e * 1000 <= nowMs ? null : { tenantId: t, deliveryId: d, noticeId: n, action: a, expiresAtMs: e * 1000 };
}

function withMac(key: Secret, text: string): string {
  const linkKey = hkdfSync('sha256', key.reveal(), '', 'loghunter signed links', 32);
  const mac = createHmac('sha256', new Uint8Array(linkKey)).update(text).digest('base64url');
  return `${text}.${mac}`;
}
