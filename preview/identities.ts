// Who uses the preview, signed as Grafana signs it: the server behind it checks the same things as behind a real one.
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';

/** Roles of Grafana, lowest first. */
const grafanaRoles = ['Viewer', 'Editor', 'Admin'] as const;

export type GrafanaRole = (typeof grafanaRoles)[number];

/** A user of the preview; several browsers may have several. */
export interface PreviewUser {
  readonly id: number;
  readonly login: string;
  readonly role: GrafanaRole;
}

export interface Identities {
  /** Answer to `GET /api/signing-keys/keys`. */
  readonly keys: unknown;
  /** The header X-Grafana-Id: ES256, ten minutes. */
  sign(user: PreviewUser, issuer: string): string;
}

/** Grafana's tokens live as long. */
const lifetimeSeconds = 600;
const cookieName = 'loghunter-preview-user';

/** The first one is the administrator of a fresh Grafana. */
const defaultUser: PreviewUser = { id: 1, login: 'admin', role: 'Admin' };

/** `nowMs`: what time it is for the server, whose logs may be old. */
export function createIdentities(nowMs: () => number): Identities {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyId = 'preview';
  return {
    keys: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'ES256', use: 'sig' }] },
    sign({ id, login, role }, issuer) {
      const nowSeconds = Math.floor(nowMs() / 1000);
      const claims = {
        ...{ iss: issuer, aud: ['org:1'], sub: `user:${id}`, iat: nowSeconds, exp: nowSeconds + lifetimeSeconds },
        ...{ type: 'user', username: login, name: login, role, namespace: 'default' },
      };
      const signed = `${encode({ alg: 'ES256', typ: 'jwt', kid: keyId })}.${encode(claims)}`;
      const signature = createSign('SHA256').update(signed).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The user that the page's cookie names, as `login:role`; the administrator when it names nobody. */
export function readUser(cookies: string | undefined): PreviewUser {
  const text = new RegExp(`(?:^|; ?)${cookieName}=([a-z0-9-]{1,40})(?::|%3A)(\\w+)`).exec(cookies ?? '');
  const [, login, roleText] = text ?? [];
  const role = grafanaRoles.find((known) => known === roleText);
  if (login === undefined || role === undefined) {
    return defaultUser;
  }
  return { id: login === defaultUser.login ? defaultUser.id : idOf(login), login, role };
}

/** The same login is the same user after a restart. */
function idOf(login: string): number {
  return 2 + createHash('sha256').update(login).digest().readUInt32BE(0);
}

/** Whether Grafana lets a user over a route that asks for a role. */
export function hasRole(user: PreviewUser, needed: string | undefined): boolean {
  const index = grafanaRoles.findIndex((known) => known === needed);
  return grafanaRoles.indexOf(user.role) >= index;
}
