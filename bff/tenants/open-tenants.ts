import type { Clock, HeldBackBy, LogStore, Tenant } from '@loghunter/ports';
import type { EventIdentifier } from '../events/identify-event.ts';
import type { QueryFeature } from '../queries/query-feature.ts';
import type { StoredTextRedaction } from '../redaction/stored-text-redaction.ts';
import { ProblemError } from '../http/problem-error.ts';

/** What the server holds in memory for one tenant; it is made when first needed and shared by all its requests and its scanner. */
export interface TenantParts {
  /** The log store for people's questions, within the tenant's budget and behind the cache. */
  readonly logs: LogStore;
  /** The log store for background work, within the same budget. */
  readonly backgroundLogs: LogStore;
  /** The same one source at a time, for the scanner: the configuration's under the empty name; absent when there is only one. */
  readonly sourceLogs?: ReadonlyMap<string, LogStore>;
  readonly identifier: EventIdentifier;
  /** Estimates a query of people without running it. */
  readonly priceQuery: QueryFeature['priceQuery'];
  /** What every stored text goes through. */
  readonly redaction: StoredTextRedaction;
  /** The tenant's share of the log store's load, in one sentence; empty when it has none. */
  readonly describeLoad: () => string;
  /** What background queries to a log source wait for now; null: nothing. */
  readonly heldBackBy: (source: string) => HeldBackBy | null;
}

/** A tenant with its parts. A change of its lokiOrgId or settings makes another object. */
export interface OpenTenant extends TenantParts {
  readonly tenant: Tenant;
}

/** The tenants of the installation, opened on demand. */
export interface OpenTenants {
  /** Throws `ProblemError` `forbidden` for a tenant that does not exist, `PortError` when that cannot be known. */
  open(tenantId: string): Promise<OpenTenant>;
  /** All tenants as the database has them now, opened. Throws `PortError`. */
  openAll(): Promise<readonly OpenTenant[]>;
}

/** A change made elsewhere is seen after this and one more request. */
const refreshMs = 5000;
/** Each holds up to some 10 MB of remembered cluster ids; more tenants than this are opened again when they come back. */
const maxOpenTenants = 200;

/** Whether what was opened for one is good for the other. */
export function hasSameParts(a: Tenant, b: Tenant): boolean {
  return a.lokiOrgId === b.lokiOrgId && JSON.stringify(a.settings) === JSON.stringify(b.settings);
}

/** What opening tenants needs. */
export interface OpenTenantsParts {
  readonly listTenants: () => Promise<readonly Tenant[]>;
  readonly createParts: (tenant: Tenant) => TenantParts;
  readonly clock: Clock;
}

/** Opens tenants on demand and keeps them open. */
export function createOpenTenants(parts: OpenTenantsParts): OpenTenants {
  return new TenantRegistry(parts);
}

class TenantRegistry implements OpenTenants {
  readonly #parts: OpenTenantsParts;
  readonly #opened = new Map<string, OpenTenant>();
  #known: ReadonlyMap<string, Tenant> = new Map();
  #knownAtMs = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;

  constructor(parts: OpenTenantsParts) {
    this.#parts = parts;
  }

  async open(tenantId: string): Promise<OpenTenant> {
    const isStale = this.#parts.clock.nowMs() - this.#knownAtMs >= refreshMs;
    if (!this.#known.has(tenantId)) {
      await this.#refresh();
    } else if (isStale) {
      // Nobody waits for it, and while the database is away the tenants stay as they were: health must still answer.
      this.#refresh().catch(() => undefined);
    }
    const tenant = this.#known.get(tenantId);
    if (tenant === undefined) {
      throw new ProblemError('forbidden', 'Your tenant does not exist any more.');
    }
    return this.#use(tenant);
  }

  async openAll(): Promise<readonly OpenTenant[]> {
    await this.#refresh();
    return [...this.#known.values()].map((tenant) => this.#use(tenant));
  }

  #use(tenant: Tenant): OpenTenant {
    const opened = this.#opened.get(tenant.id);
    // The oldest in the map is the one that was not used for the longest time.
    this.#opened.delete(tenant.id);
    const current =
      opened !== undefined && hasSameParts(opened.tenant, tenant)
        ? opened
        : { tenant, ...this.#parts.createParts(tenant) };
    this.#opened.set(tenant.id, current);
    const [oldest] = this.#opened.keys();
    if (oldest !== undefined && this.#opened.size > maxOpenTenants) {
      this.#opened.delete(oldest);
    }
    return current;
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#readTenants().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #readTenants(): Promise<void> {
    const askedAtMs = this.#parts.clock.nowMs();
    const tenants = await this.#parts.listTenants();
    this.#known = new Map(tenants.map((tenant) => [tenant.id, tenant]));
    this.#knownAtMs = askedAtMs;
  }
}
