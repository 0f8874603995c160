import { identifiedText } from '../fingerprints/index.ts';
import { redact } from '../redaction/index.ts';
import type { TemplatePart } from '../templates/index.ts';
import { extractVariables } from '../variables/index.ts';
import { isPersonalValue } from '../variables/personal-places.ts';
import type { ClusterKey } from './cluster-key.ts';
import { ownVariablesOf, templateOfSignature } from './signature-words.ts';
import { splitFingerprint, splitValueOf, type SplitValues } from './split-fingerprint.ts';
import type { UserRuleOf } from './user-rule.ts';

/** A split with its id. */
export interface StoredSplit {
  readonly id: string;
  readonly rule: UserRuleOf<'split'>;
}

/** The part of a split cluster that an event belongs to. */
export interface SplitPart {
  readonly key: ClusterKey;
  /** The cluster's template with the values that decided as constant text. */
  readonly template: readonly TemplatePart[];
  readonly ruleIds: readonly string[];
}

type Owner = Pick<ClusterKey, 'service' | 'namespace'>;

/** Splits that are in force, by the cluster that they were made of. */
export class SplitRules {
  readonly #byBase = new Map<string, StoredSplit[]>();

  constructor(splits: readonly StoredSplit[]) {
    for (const split of splits) {
      const { fingerprint } = split.rule.cluster;
      const known = this.#byBase.get(fingerprint) ?? [];
      this.#byBase.set(fingerprint, known);
      known.push(split);
    }
  }

  /**
   * Values of an event's text at the places where the cluster `base` is split; empty when none of them may be kept.
   * @param masked places of tokens of `base` that masks opened, so that they are variable too
   */
  valuesOf(text: string, base: string, owner: Owner, masked: ReadonlySet<number>): SplitValues {
    const places = this.#placesOf(base, owner);
    const values = new Map<number, string>();
    if (places.size === 0) {
      return values;
    }
    const signature = this.#signatureOf(base);
    const template = templateOfSignature(signature, masked);
    const types = template.flatMap((part) => (part.kind === 'variable' ? [part.type] : []));
    const found = extractVariables(identifiedText(text), template);
    ownVariablesOf(signature, masked).forEach((place, at) => {
      const value = splitValueOf(found[at] ?? '');
      const isSplit = place !== null && places.has(place);
      // What may not be stored decides nothing: such lines stay together.
      if (isSplit && value !== '' && !isPersonalValue(types[at] ?? '', value) && redact(value) === value) {
        values.set(place, value);
      }
    });
    return values;
  }

  /**
   * The part of `base` that the values make when places that are not split any more count for nothing; null when none is left.
   * @param masked as for `valuesOf`
   */
  partOf(base: string, owner: Owner, values: SplitValues, masked: ReadonlySet<number>): SplitPart | null {
    const places = this.#placesOf(base, owner);
    const kept = new Map([...values].filter(([place]) => places.has(place)));
    if (kept.size === 0) {
      return null;
    }
    const { service, namespace } = owner;
    const signature = this.#signatureOf(base);
    const shown = ownVariablesOf(signature, masked).map((place) => (place === null ? undefined : kept.get(place)));
    return {
      key: { service, namespace, fingerprint: splitFingerprint(base, kept), signature },
      template: withValues(templateOfSignature(signature, masked), shown),
      ruleIds: [...new Set([...kept.keys()].flatMap((place) => places.get(place) ?? []))].sort(),
    };
  }

  /** Places that are split in a service, with the ids of the rules. */
  #placesOf(base: string, owner: Owner): ReadonlyMap<number, readonly string[]> {
    const places = new Map<number, readonly string[]>();
    for (const { id, rule } of this.#byBase.get(base) ?? []) {
      if (reaches(rule, owner)) {
        places.set(rule.variable, [...(places.get(rule.variable) ?? []), id].sort());
      }
    }
    return places;
  }

  #signatureOf(base: string): string {
    // The signatures differ in types and blanks at most: the same one is chosen in any order.
    return (this.#byBase.get(base) ?? []).map(({ rule }) => rule.cluster.signature).sort()[0] ?? '';
  }
}

function reaches(
  rule: UserRuleOf<'split'>,
  { service, namespace }: Pick<ClusterKey, 'service' | 'namespace'>
): boolean {
  return rule.isEverywhere || (rule.cluster.service === service && rule.cluster.namespace === namespace);
}

/** @param values by place in the template; undefined for places that stay variable */
function withValues(
  template: readonly TemplatePart[],
  values: ReadonlyArray<string | undefined>
): readonly TemplatePart[] {
  let place = -1;
  const parts: TemplatePart[] = [];
  for (const part of template) {
    place += part.kind === 'variable' ? 1 : 0;
    const text = part.kind === 'text' ? part.text : values[place];
    const last = parts.at(-1);
    if (text === undefined) {
      parts.push(part);
    } else if (last?.kind === 'text') {
      parts[parts.length - 1] = { kind: 'text', text: last.text + text };
    } else {
      parts.push({ kind: 'text', text });
    }
  }
  return parts;
}
