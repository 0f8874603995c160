import type { Clock, Ledger, LogStore, OutsideSystem, SharedLoad } from '@loghunter/ports';
import { queryKinds, type BudgetSettings, type QueryKind } from './budget-settings.ts';
import { BudgetWaits } from './budget-waits.ts';
import { describeBytes } from './describe-bytes.ts';
import { createBytesEstimator, type BytesEstimator } from './estimate-bytes.ts';
import { createLineRate, type LineRate } from './line-rate.ts';
import { QueryGate, type Gate } from './query-gate.ts';
import type { QueryMeter } from './query-meter.ts';
import { createSharedGate } from './shared-gate.ts';

/** What a tenant's queries may cost the log store, and what they do; shared by the stores of all kinds. */
export interface QueryBudget {
  readonly settings: BudgetSettings;
  readonly gate: Gate;
  /** Waits of background queries. */
  readonly waits: BudgetWaits;
  readonly estimator: BytesEstimator;
  readonly lineRate: LineRate;
  readonly meter: QueryMeter;
  readonly clock: Clock;
  /** The store's name in errors. */
  readonly system: OutsideSystem;
}

/** The budget of one tenant: of all replicas together with a shared load, else of this process. */
export function createQueryBudget(parts: {
  readonly tenantId: string;
  readonly ledger: Pick<Ledger, 'listWatches' | 'readMinutes'>;
  readonly store: LogStore;
  /** Absent: this is the only process, or nothing is shared. */
  readonly load?: SharedLoad | undefined;
  readonly settings: BudgetSettings;
  readonly meter: QueryMeter;
  readonly clock: Clock;
  readonly system: OutsideSystem;
  /** Name of the log source that the budget is for; absent: of all of them. */
  readonly source?: string;
  /** Gate of people's queries, where they have another budget: work that can wait waits for them. */
  readonly before?: Gate;
}): QueryBudget {
  const { tenantId, settings, meter, clock, system, load, source = '', before } = parts;
  const budget = source === '' ? tenantId : `${tenantId}/${source}`;
  const gate =
    load === undefined
      ? new QueryGate(settings, clock, before)
      : createSharedGate({ budget, settings, clock, load, before });
  const lineRate = createLineRate(parts);
  const estimator = createBytesEstimator({ store: parts.store, lineRate, clock });
  return { settings, gate, waits: new BudgetWaits(), estimator, lineRate, meter, clock, system };
}

const kindNames: Readonly<Record<QueryKind, string>> = { people: 'people', ai: 'AI', background: 'background' };

/** LogHunter's share of the load of the log store that has most, over the last minute, in one sentence; empty when nothing is measured. */
export function describeLoad(settings: BudgetSettings, budgets: readonly QueryBudget[]): string {
  if (settings.mode === 'off') {
    return '';
  }
  const parts = queryKinds.flatMap((kind) => {
    const loadBytes = Math.max(...budgets.map(({ gate }) => gate.loadBytes(kind)));
    const limit = describeBytes(settings.limits[kind].minuteBytes);
    return loadBytes === 0 ? [] : [`${kindNames[kind]} ${describeBytes(loadBytes)} of ${limit}`];
  });
  return parts.length === 0 ? '' : `LogHunter's queries over the last minute: ${parts.join(', ')}`;
}
