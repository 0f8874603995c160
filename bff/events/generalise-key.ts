import type { ClusterKey } from '@loghunter/engine/cluster-rules';
import { fingerprintOfSignature } from '@loghunter/engine/fingerprints';
import { signatureTextOf, type SignatureGroups } from '@loghunter/engine/templates';

/**
 * Kind of the rule that a new version of the algorithm leaves behind: lines that had the fingerprint `to` have `from` now.
 * Signatures are packed, empty for traces.
 */
export const renamedKind = 'renamed';

/** Body of a rule of that kind. */
export interface Renaming {
  readonly from: string;
  readonly fromSignature: string;
  readonly to: string;
  readonly toSignature: string;
}

/** A renaming out of a store; null when it is none. */
export function toRenaming(body: Readonly<Record<string, unknown>>): Renaming | null {
  const { from, fromSignature, to, toSignature } = body;
  return typeof from === 'string' &&
    typeof to === 'string' &&
    typeof fromSignature === 'string' &&
    typeof toSignature === 'string'
    ? { from, fromSignature, to, toSignature }
    : null;
}

/** What learned rules make of clusters: openings first, then renamings. What it gives, it gives for itself. */
export class KeyGeneraliser {
  readonly #groups: SignatureGroups;
  readonly #byNewName = new Map<string, Renaming>();
  readonly #byOldName = new Map<string, Renaming>();

  constructor(groups: SignatureGroups) {
    this.#groups = groups;
  }

  /** Takes a stored renaming in; of two for one fingerprint the smaller stands, whatever order they come in. */
  add(renaming: Renaming): void {
    const known = this.#byNewName.get(renaming.from);
    if (known === undefined || renaming.to < known.to) {
      this.#byNewName.set(renaming.from, renaming);
    }
    const other = this.#byOldName.get(renaming.to);
    if (other === undefined || renaming.from < other.from) {
      this.#byOldName.set(renaming.to, renaming);
    }
  }

  generalise(key: ClusterKey): ClusterKey {
    const old = this.#byOldName.get(key.fingerprint);
    const fingerprint = old?.from ?? key.fingerprint;
    const signature = old?.fromSignature ?? key.signature;
    const general = this.#generalOf(fingerprint, signature);
    const renamed = this.#byNewName.get(general.fingerprint);
    const named = renamed === undefined ? general : { fingerprint: renamed.to, signature: renamed.toSignature };
    return named.fingerprint === key.fingerprint ? key : { ...key, ...named };
  }

  #generalOf(fingerprint: string, signature: string): Pick<ClusterKey, 'fingerprint' | 'signature'> {
    if (signature === '') {
      return { fingerprint, signature };
    }
    const general = this.#groups.canonical(signature);
    return general === signature || signatureTextOf(general) === signatureTextOf(signature)
      ? { fingerprint, signature }
      : { fingerprint: fingerprintOfSignature(signatureTextOf(general)), signature: general };
  }
}
