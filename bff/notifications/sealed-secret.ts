import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Secret } from '../settings/secret.ts';

const algorithm = 'aes-256-gcm';
// NIST SP 800-38D: 96 random bits are right for far more than the 2^32 secrets that one key may seal.
const nonceBytes = 12;
const tagBytes = 16;
const version = 'v1';

/** What a sealed secret belongs to: it opens nowhere else. */
export interface SealScope {
  readonly tenantId: string;
  readonly channelId: string;
}

/** Encrypts a channel's secret with a key made of the installation's, for this channel of this tenant only. */
export function sealSecret(key: Secret, scope: SealScope, text: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyFor(key), nonce).setAAD(describeScope(scope));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${sealed.toString('base64url')}`;
}

/** Opens what {@link sealSecret} sealed; null when the key is another one, or the text belongs to another channel. */
export function openSecret(key: Secret, scope: SealScope, sealed: string): string | null {
  const [form, text] = sealed.split('.');
  const bytes = Buffer.from(text ?? '', 'base64url');
  if (form !== version || bytes.length < nonceBytes + tagBytes) {
    return null;
  }
  const decipher = createDecipheriv(algorithm, keyFor(key), bytes.subarray(0, nonceBytes))
    .setAAD(describeScope(scope))
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

function describeScope({ tenantId, channelId }: SealScope): Buffer {
  return Buffer.from(`channel:${tenantId}:${channelId}`);
}

function keyFor(key: Secret): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key.reveal(), '', 'loghunter channel secrets', 32));
}
