import { roles, type Role } from '@loghunter/contracts';
import type { Clock } from '@loghunter/ports';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { KnownKeys } from './known-keys.ts';

/** Who uses Grafana, as Grafana has signed it. */
export interface GrafanaIdentity {
  readonly organisationId: number;
  /** `user:<id>`, `service-account:<id>` or `anonymous:0`. */
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
}

/** Why a token is refused, in words for the server's log. */
export interface RefusedIdentity {
  readonly refusal: string;
}

/** Checks identities. */
export interface IdentityVerifier {
  /** Never rejects. */
  verify(token: string): Promise<GrafanaIdentity | RefusedIdentity>;
}

/** What checking identities needs. */
export interface IdentityVerifierParts {
  readonly keys: KnownKeys;
  /** Grafana's root_url, as tokens name it. */
  readonly issuer: string;
  readonly clock: Clock;
}

/** Clocks of two servers differ by less. */
const clockToleranceSeconds = 10;
/** Grafana's tokens live ten minutes; one that claims to be older, or from the future, is none. */
const maxAgeSeconds = 3600;
/** Grafana's tokens have about a kilobyte. */
const maxTokenLength = 8192;
/** Tokens remembered until they end; Grafana sends one token for ten minutes. */
const maxKnownTokens = 5000;

interface KnownToken {
  readonly identity: GrafanaIdentity;
  readonly endsAtMs: number;
}

/** Checks signature (ES256 only), issuer, audience `org:<number>`, age and end. A role that is not known is a viewer's. */
export function createIdentityVerifier({ keys, issuer, clock }: IdentityVerifierParts): IdentityVerifier {
  const known = new Map<string, KnownToken>();

  async function check(token: string): Promise<KnownToken | RefusedIdentity> {
    const { payload } = await jwtVerify(
      token,
      async ({ kid }) => {
        const key = await keys.find(kid ?? '');
        if (key === null) {
          throw new errors.JWKSNoMatchingKey();
        }
        return key;
      },
      {
        algorithms: ['ES256'],
        issuer,
        requiredClaims: ['exp', 'iat', 'sub', 'aud'],
        clockTolerance: clockToleranceSeconds,
        maxTokenAge: maxAgeSeconds,
        currentDate: new Date(clock.nowMs()),
      }
    );
    const identity = readIdentity(payload);
    return 'refusal' in identity ? identity : { identity, endsAtMs: (payload.exp ?? 0) * 1000 };
  }

  return {
    async verify(token) {
      const entry = known.get(token);
      if (entry !== undefined && entry.endsAtMs > clock.nowMs()) {
        return entry.identity;
      }
      if (token.length > maxTokenLength) {
        return { refusal: 'the token is too long' };
      }
      const checked = await check(token).catch((error: unknown) => ({ refusal: describe(error) }));
      if ('refusal' in checked) {
        return checked;
      }
      if (known.size >= maxKnownTokens) {
        known.clear();
      }
      known.set(token, checked);
      return checked.identity;
    },
  };
}

function readIdentity(payload: JWTPayload): GrafanaIdentity | RefusedIdentity {
  const audience = typeof payload.aud === 'string' ? [payload.aud] : (payload.aud ?? []);
  const organisation = audience.length === 1 ? /^org:([1-9]\d{0,14})$/.exec(audience[0] ?? '')?.[1] : undefined;
  if (organisation === undefined) {
    return { refusal: 'the audience names no organisation' };
  }
  const subject = payload.sub ?? '';
  if (!/^[\w-]{1,64}:[\w-]{1,128}$/.test(subject)) {
    return { refusal: 'the subject is none' };
  }
  const names = [payload['name'], payload['username'], payload['email'], subject];
  const name = names.find((candidate) => typeof candidate === 'string' && candidate !== '');
  return { organisationId: Number(organisation), subject, name: String(name).slice(0, 200), role: readRole(payload) };
}

// `operator` is no role of Grafana: a token that names it must not make one.
function readRole(payload: JWTPayload): Role {
  const role = String(payload['role']).toLowerCase();
  return roles.find((known) => known === role && known !== 'operator') ?? 'viewer';
}

// Names of checks only: nothing of the token goes into the log.
function describe(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `${error.claim} ${error.reason}`;
  }
  return error instanceof errors.JOSEError ? error.code : 'the token cannot be read';
}
