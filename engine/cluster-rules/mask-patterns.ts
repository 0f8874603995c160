import { unpackSignature } from '../templates/index.ts';
import type { ClusterKey } from './cluster-key.ts';
import { isWordToken } from './signature-words.ts';

/** A mask whose place in its cluster's signature was found. */
export interface PlacedMask {
  readonly ruleId: string;
  readonly cluster: ClusterKey;
  /** Number of the token. */
  readonly place: number;
  readonly isEverywhere: boolean;
}

/** All masks of one cluster in one reach: together they make one pattern. */
export interface MaskPattern {
  readonly cluster: ClusterKey;
  readonly places: ReadonlySet<number>;
  readonly ruleIds: readonly string[];
  /** Null: every service. */
  readonly owner: { readonly service: string; readonly namespace: string } | null;
}

const variable = '\0v';
const hole = '\0h';

/** Patterns looked up by signature: time grows with the different sets of places, not with the rules. */
export class MaskPatterns {
  readonly #patterns: readonly MaskPattern[];
  readonly #byText = new Map<string, MaskPattern[]>();
  /** Sets of masked places by the number of tokens. */
  readonly #placeSets = new Map<number, Map<string, ReadonlySet<number>>>();

  constructor(masks: readonly PlacedMask[]) {
    this.#patterns = patternsOf(masks);
    for (const pattern of this.#patterns) {
      const { tokens } = unpackSignature(pattern.cluster.signature);
      const text = patternText(pattern.cluster.signature, pattern.places) ?? '';
      this.#byText.set(text, [...(this.#byText.get(text) ?? []), pattern]);
      const sets = this.#placeSets.get(tokens.length) ?? new Map<string, ReadonlySet<number>>();
      sets.set([...pattern.places].join(','), pattern.places);
      this.#placeSets.set(tokens.length, sets);
    }
  }

  /** The pattern of each cluster of a service that has one, by its fingerprint; the service's own before one of every service. */
  patternsOf({ service, namespace }: Pick<ClusterKey, 'service' | 'namespace'>): ReadonlyMap<string, MaskPattern> {
    const reaching = this.#patterns.filter(
      ({ owner }) => owner === null || (owner.service === service && owner.namespace === namespace)
    );
    // The service's own pattern holds what is masked everywhere, too, so that it has more places.
    return new Map(
      reaching
        .toSorted((a, b) => a.places.size - b.places.size)
        .map((pattern) => [pattern.cluster.fingerprint, pattern])
    );
  }

  /**
   * The pattern that a cluster is part of; undefined when none matches. Of several the one with fewest masked words, then
   * the one whose cluster has the smallest fingerprint: so no two clusters are ever part of each other.
   */
  match(key: ClusterKey): MaskPattern | undefined {
    if (this.#patterns.length === 0 || key.signature === '') {
      return undefined;
    }
    const sets = this.#placeSets.get(unpackSignature(key.signature).tokens.length);
    const texts = [...(sets?.values() ?? [])].map((places) => patternText(key.signature, places));
    return texts
      .flatMap((text) => (text === null ? [] : (this.#byText.get(text) ?? [])))
      .filter(({ owner }) => owner === null || (owner.service === key.service && owner.namespace === key.namespace))
      .reduce<MaskPattern | undefined>(
        (best, found) => (best === undefined || isBefore(found, best) ? found : best),
        undefined
      );
  }
}

function isBefore(a: MaskPattern, b: MaskPattern): boolean {
  return (
    a.places.size < b.places.size || (a.places.size === b.places.size && a.cluster.fingerprint < b.cluster.fingerprint)
  );
}

/** Null when something else than a word or a variable stands at one of the places. */
function patternText(signature: string, places: ReadonlySet<number>): string | null {
  const { context, tokens } = unpackSignature(signature);
  const words = tokens.map((token, at) => {
    if (places.has(at)) {
      return isWordToken(token) ? hole : null;
    }
    return token.type === '' ? token.text : variable;
  });
  return words.includes(null) ? null : [context, ...words].join('\n');
}

function patternsOf(masks: readonly PlacedMask[]): readonly MaskPattern[] {
  const groups = new Map<string, PlacedMask[]>();
  for (const mask of masks) {
    const { fingerprint, service, namespace } = mask.cluster;
    const key = JSON.stringify(mask.isEverywhere ? [fingerprint] : [fingerprint, namespace, service]);
    groups.set(key, [...(groups.get(key) ?? []), mask]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) {
      return [];
    }
    const { cluster, isEverywhere } = first;
    // What varies in every service varies in this one too.
    const wide = isEverywhere ? [] : (groups.get(JSON.stringify([cluster.fingerprint])) ?? []);
    const members = [...group, ...wide];
    return [
      {
        cluster,
        places: new Set(members.map(({ place }) => place).sort((a, b) => a - b)),
        ruleIds: members.map(({ ruleId }) => ruleId).sort(),
        owner: isEverywhere ? null : { service: cluster.service, namespace: cluster.namespace },
      },
    ];
  });
}
