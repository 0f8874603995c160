import { clusterIdOf, createFingerprinter, type EventIdentity } from '@loghunter/engine/fingerprints';
import type { LogEvent } from '@loghunter/engine/multiline';
import { serviceOf, type Labels, type ServiceIdentity, type ServiceSettings } from '@loghunter/engine/records';
import { detectLevel, type Level } from '@loghunter/engine/severity';

/** Everything that is known of an event from its lines and labels alone. */
export interface IdentifiedEvent {
  readonly clusterId: string;
  readonly service: string;
  readonly namespace: string;
  readonly level: Level;
  readonly identity: EventIdentity;
}

/** Says which cluster events belong to. */
export interface EventIdentifier {
  identify(event: LogEvent): IdentifiedEvent;
  serviceOf(labels: Labels): ServiceIdentity;
}

/** Ids kept for events that come again; each entry is some hundred bytes. */
const rememberedIdCount = 50_000;

/** The same for every replica: what it answers is a pure function of event, tenant and settings. */
export function createEventIdentifier(tenantId: string, settings: ServiceSettings): EventIdentifier {
  const fingerprinter = createFingerprinter();
  // Entries of one stream share their label object, so that the lookup is by identity.
  const services = new WeakMap<Labels, ServiceIdentity>();
  const ids = new Map<string, string>();
  function findService(labels: Labels): ServiceIdentity {
    const known = services.get(labels);
    if (known !== undefined) {
      return known;
    }
    const found = serviceOf(labels, settings);
    services.set(labels, found);
    return found;
  }
  function findId({ service, namespace }: ServiceIdentity, fingerprint: string): string {
    const key = `${namespace}\0${service}\0${fingerprint}`;
    const known = ids.get(key);
    if (known !== undefined) {
      return known;
    }
    if (ids.size >= rememberedIdCount) {
      ids.clear();
    }
    const id = clusterIdOf({ tenantId, service, namespace, fingerprint });
    ids.set(key, id);
    return id;
  }
  return {
    serviceOf: findService,
    identify(event) {
      const [first] = event.entries;
      const owner = findService(first.labels);
      const identity = fingerprinter.identify(event);
      const level = detectLevel(event.text, first.labels, first.metadata);
      return { clusterId: findId(owner, identity.fingerprint), ...owner, level, identity };
    },
  };
}
