import { idOfKey, type ClusterKey } from '@loghunter/engine/cluster-rules';
import {
  createFingerprinter,
  identityOfSignature,
  unclusteredIdentity,
  type EventIdentity,
} from '@loghunter/engine/fingerprints';
import type { LogEvent } from '@loghunter/engine/multiline';
import { serviceOf, type Labels, type ServiceIdentity, type ServiceSettings } from '@loghunter/engine/records';
import { detectLevel, type Level } from '@loghunter/engine/severity';
import { renderTemplate } from '@loghunter/engine/templates';
import type { ClusterIdentity } from '@loghunter/ports';
import { identityOf } from './cluster-moves.ts';
import type { TenantRules } from './tenant-rules.ts';

/** What is known of an event from its lines and labels, and from the splits that people made. */
export interface IdentifiedEvent {
  /** Id of the event's own cluster, before rules; a part of it when it is split. */
  readonly clusterId: string;
  readonly service: string;
  readonly namespace: string;
  readonly level: Level;
  readonly identity: EventIdentity;
  /** Whether this is a part of a cluster that is split. */
  readonly isPart: boolean;
}

/** Says which cluster events belong to. */
export interface EventIdentifier {
  identify(event: LogEvent): IdentifiedEvent;
  /** The cluster that an event is counted under by the rules as they are now, with the one that it is shown as. */
  countedAs(known: IdentifiedEvent): CountedCluster;
  /** Id of the cluster that an event is shown as by the rules as they are now. */
  canonicalIdOf(known: IdentifiedEvent): string;
  /** The tenant's rules, which learn from the signatures of what is read. */
  readonly rules: TenantRules;
  serviceOf(labels: Labels): ServiceIdentity;
}

/** A cluster that counts are kept under. */
export interface CountedCluster {
  readonly identity: ClusterIdentity;
  /** The cluster that it is shown as and that may not be stored yet; null: itself, or one that is stored. */
  readonly canonical: ClusterIdentity | null;
}

/** Ids kept for events that come again; each entry is some hundred bytes. */
const rememberedIdCount = 50_000;
/** Clusters of a tenant; lines that would need more are counted as not clustered. */
const maxClusterCount = 50_000;

/** What identification needs. */
export interface EventIdentifierParts {
  readonly tenantId: string;
  readonly services: ServiceSettings;
  readonly rules: TenantRules;
  /** Clusters after which new ones are counted as not clustered. Default: 50,000. */
  readonly maxClusterCount?: number;
}

/** The same for every replica: what it answers is a pure function of event, tenant, settings and stored rules. */
export function createEventIdentifier(parts: EventIdentifierParts): EventIdentifier {
  const { tenantId, services: settings, rules } = parts;
  const fingerprinter = createFingerprinter();
  // Entries of one stream share their label object, so that the lookup is by identity.
  const services = new WeakMap<Labels, ServiceIdentity>();
  const ids = createIdCache(tenantId);
  function findService(labels: Labels): ServiceIdentity {
    const known = services.get(labels);
    if (known !== undefined) {
      return known;
    }
    const found = serviceOf(labels, settings);
    services.set(labels, found);
    return found;
  }
  // New clusters are turned away when there are too many; what rules opened stands for many and is always let in.
  const admitted = new Set<string>();
  function isTurnedAway(id: string): boolean {
    return !admitted.has(id) && !rules.storedIds.has(id) && isFull();
  }
  function isFull(): boolean {
    const limit = parts.maxClusterCount ?? maxClusterCount;
    if (rules.storedIds.size + admitted.size >= limit) {
      // By now some are stored, and counted there.
      admitted.forEach((id) => rules.storedIds.has(id) && admitted.delete(id));
    }
    return rules.storedIds.size + admitted.size >= limit;
  }
  function countedKeyOf({ service, namespace, identity, isPart }: IdentifiedEvent): ClusterKey {
    const { fingerprint, signature } = identity;
    const key = { service, namespace, fingerprint, signature };
    return isPart ? key : rules.generalise(key);
  }
  function isUnclustered(known: IdentifiedEvent, key: ClusterKey): boolean {
    return key.fingerprint === known.identity.fingerprint && isTurnedAway(ids.of(key));
  }
  return {
    serviceOf: findService,
    rules,
    countedAs(known) {
      const key = countedKeyOf(known);
      if (isUnclustered(known, key)) {
        const unclustered = unclusteredKeyOf(known);
        return { identity: toClusterIdentity(ids.of(unclustered), unclustered, unclusteredIdentity), canonical: null };
      }
      const id = ids.of(key);
      if (!rules.storedIds.has(id)) {
        admitted.add(id);
      }
      const isGeneral = key.fingerprint !== known.identity.fingerprint;
      const shown = isGeneral && key.signature !== '' ? identityOfSignature(key.signature) : known.identity;
      const identity = toClusterIdentity(id, key, shown);
      const canonical = rules.canonicalOf(key);
      if (canonical.id === id) {
        return { identity, canonical: null };
      }
      return {
        identity: { ...identity, canonicalId: canonical.id },
        // Without a signature it is one that a person named, so that it is stored.
        canonical: canonical.key.signature === '' ? null : identityOf(canonical),
      };
    },
    canonicalIdOf(known) {
      const key = countedKeyOf(known);
      return isUnclustered(known, key) ? ids.of(unclusteredKeyOf(known)) : rules.canonicalOf(key).id;
    },
    identify(event) {
      const [first] = event.entries;
      const owner = findService(first.labels);
      const own = fingerprinter.identify(event);
      const identity = partOf(event.text, owner, own, rules) ?? own;
      const level = detectLevel(event.text, first.labels, first.metadata);
      const { service, namespace } = owner;
      return { clusterId: ids.ofOwner(owner, identity), service, namespace, level, identity, isPart: identity !== own };
    },
  };
}

/** Ids of clusters by their keys, as hashing costs more than looking up. */
function createIdCache(tenantId: string) {
  let count = 0;
  const byService = new Map<string, Map<string, string>>();
  // An owner is one object for all lines of a stream within a page.
  let byOwner = new WeakMap<ServiceIdentity, Map<string, string>>();
  function idsOf({ service, namespace }: ServiceIdentity): Map<string, string> {
    const text = `${namespace}\0${service}`;
    let known = byService.get(text);
    if (known === undefined) {
      known = new Map();
      byService.set(text, known);
    }
    return known;
  }
  function find(known: Map<string, string>, owner: ServiceIdentity, identity: Omit<ClusterKey, keyof ServiceIdentity>) {
    const present = known.get(identity.fingerprint);
    if (present !== undefined) {
      return present;
    }
    if (count >= rememberedIdCount) {
      count = 0;
      byService.clear();
      byOwner = new WeakMap();
    }
    const { service, namespace } = owner;
    const id = idOfKey(tenantId, {
      service,
      namespace,
      fingerprint: identity.fingerprint,
      signature: identity.signature,
    });
    known.set(identity.fingerprint, id);
    count += 1;
    return id;
  }
  return {
    of: (key: ClusterKey): string => find(idsOf(key), key, key),
    ofOwner(owner: ServiceIdentity, identity: EventIdentity): string {
      let known = byOwner.get(owner);
      if (known === undefined) {
        known = idsOf(owner);
        byOwner.set(owner, known);
      }
      return find(known, owner, identity);
    },
  };
}

/** The identity of the part of its cluster that an event belongs to; null when the cluster is not split. */
function partOf(text: string, owner: ServiceIdentity, own: EventIdentity, rules: TenantRules): EventIdentity | null {
  if (!rules.userRules.hasSplits) {
    return null;
  }
  const { service, namespace } = owner;
  const { fingerprint, signature } = own;
  const part = rules.userRules.partOf(text, rules.generalise({ service, namespace, fingerprint, signature }));
  if (part === null) {
    return null;
  }
  const templateText = renderTemplate(part.template);
  const { fingerprint: partFingerprint, signature: partSignature } = part.key;
  return { ...own, fingerprint: partFingerprint, signature: partSignature, template: part.template, templateText };
}

function unclusteredKeyOf({ service, namespace }: ServiceIdentity): ClusterKey {
  return { service, namespace, fingerprint: unclusteredIdentity.fingerprint, signature: '' };
}

function toClusterIdentity(id: string, key: ClusterKey, shown: EventIdentity): ClusterIdentity {
  const { service, namespace, fingerprint, signature } = key;
  const { algorithmVersion, template, templateText } = shown;
  return { id, service, namespace, fingerprint, signature, algorithmVersion, template, templateText };
}
