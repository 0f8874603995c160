/** What decides whether an event belongs to an incident; times in milliseconds since 1970. */
export interface RolledUpIncident {
  readonly id: string;
  readonly services: readonly string[];
  readonly startedAtMs: number;
  /** Start of the event that joined last. */
  readonly lastEventAtMs: number;
  /** Null: it goes on. */
  readonly endedAtMs: number | null;
}

/** Trouble spreads from service to service within minutes; what begins later than this after the last event is something else. */
const spreadMs = 30 * 60_000;
/** A service that is struck again so soon after an incident's end is struck by the same. */
const afterglowMs = 60 * 60_000;

/**
 * The incident that an event of a service joins: the latest that was going on when the event began and has the service, or was struck
 * less than half an hour before; undefined: it is an incident of its own.
 */
export function findIncident<Incident extends RolledUpIncident>(
  event: { readonly service: string; readonly startedAtMs: number },
  incidents: readonly Incident[]
): Incident | undefined {
  return incidents
    .filter((incident) => belongsTogether(event, incident))
    .toSorted((a, b) => b.lastEventAtMs - a.lastEventAtMs || (a.id < b.id ? -1 : 1))[0];
}

function belongsTogether(
  { service, startedAtMs }: { readonly service: string; readonly startedAtMs: number },
  incident: RolledUpIncident
): boolean {
  const endMs = incident.endedAtMs ?? Number.POSITIVE_INFINITY;
  if (incident.services.includes(service)) {
    return startedAtMs <= endMs + afterglowMs;
  }
  return startedAtMs <= endMs && Math.abs(startedAtMs - incident.lastEventAtMs) <= spreadMs;
}
