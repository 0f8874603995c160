import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlDatabase, SqlSession, UnitOfWork } from '@loghunter/ports';

type Work<T> = (session: SqlSession) => Promise<T>;

/** Where a call is made from: inside a unit of work, and perhaps inside a call of a store within it. */
interface Place {
  readonly unit: Unit;
  /** Tenant of the store's call around this one; null outside of any. */
  readonly scope: string | null;
}

/** Scope of the installation, as `withInstallation` sets it. */
const installation = '';

/**
 * A database whose transactions join the unit of work around them, and what runs such units. A unit holds one connection from its first
 * statement on; calls made at the same time inside it take turns. Inside a unit other tenants and the installation are reached, too,
 * because the embedded database has one connection only and would wait for itself.
 */
export function createUnitOfWork(database: SqlDatabase): {
  readonly database: SqlDatabase;
  readonly unitOfWork: UnitOfWork;
} {
  const places = new AsyncLocalStorage<Place>();

  function join<T>(scope: string, work: Work<T>, begin: () => Promise<T>): Promise<T> {
    const place = places.getStore();
    if (place === undefined || place.unit.hasEnded()) {
      return begin();
    }
    const { unit } = place;
    const enter = (session: SqlSession) => places.run({ unit, scope }, () => work(session));
    return place.scope === null
      ? unit.inTurn((session) => inScope(session, unit.tenantId, scope, enter))
      : unit.within((session) => inScope(session, place.scope ?? unit.tenantId, scope, enter));
  }

  return {
    database: {
      ...database,
      withTenant: (tenantId, work) => join(tenantId, work, () => database.withTenant(tenantId, work)),
      withInstallation: (work) => join(installation, work, () => database.withInstallation(work)),
    },
    unitOfWork: {
      async run(tenantId, work) {
        if (places.getStore()?.unit.hasEnded() === false) {
          return work();
        }
        const unit = new Unit(database, tenantId);
        try {
          const value = await places.run({ unit, scope: null }, work);
          await unit.commit();
          return value;
        } catch (error) {
          await unit.rollBack(error);
          throw error;
        }
      },
      afterCommit(action) {
        const unit = places.getStore()?.unit;
        if (unit === undefined || unit.hasEnded()) {
          action();
        } else {
          unit.actions.push(action);
        }
      },
    },
  };
}

class Unit {
  readonly tenantId: string;
  /** Called after the commit. */
  readonly actions: Array<() => void> = [];
  readonly #database: SqlDatabase;
  readonly #end = Promise.withResolvers<void>();
  #session: Promise<SqlSession> | undefined;
  #transaction: Promise<void> | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #hasEnded = false;

  constructor(database: SqlDatabase, tenantId: string) {
    this.#database = database;
    this.tenantId = tenantId;
    this.#end.promise.catch(() => undefined);
  }

  hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Runs a call after those before it. */
  inTurn<T>(work: Work<T>): Promise<T> {
    const result = this.#tail.then(() => this.within(work));
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** Runs a call that is part of the one under way. */
  async within<T>(work: Work<T>): Promise<T> {
    try {
      return await work(await this.#open());
    } catch (error) {
      // What the call had written before it failed must not stay, even if its caller goes on.
      this.#failure ??= { error };
      throw error;
    }
  }

  async commit(): Promise<void> {
    await this.#tail;
    if (this.#failure !== undefined) {
      throw this.#failure.error;
    }
    this.#hasEnded = true;
    this.#end.resolve();
    await this.#transaction;
    this.actions.forEach((action) => action());
  }

  async rollBack(error: unknown): Promise<void> {
    this.#hasEnded = true;
    this.#end.reject(error);
    await this.#transaction?.catch(() => undefined);
  }

  #open(): Promise<SqlSession> {
    if (this.#session === undefined) {
      const opened = Promise.withResolvers<SqlSession>();
      this.#session = opened.promise;
      this.#transaction = this.#database.withTenant(this.tenantId, async (session) => {
        opened.resolve(session);
        await this.#end.promise;
      });
      this.#transaction.catch(opened.reject);
    }
    return this.#session;
  }
}

const setTenant = `select set_config('loghunter.tenant_id', $1, true)`;

async function inScope<T>(session: SqlSession, outer: string, inner: string, work: Work<T>): Promise<T> {
  if (outer === inner) {
    return work(session);
  }
  await session.query(setTenant, [inner]);
  const value = await work(session);
  await session.query(setTenant, [outer]);
  return value;
}
