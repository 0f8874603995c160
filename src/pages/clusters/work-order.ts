import type { Cluster, Work } from '@loghunter/contracts';
import type { ChangedWorks } from '../../work-list/WorkActions';

/** Where a cluster stands, of what an answer says and what was learned since it was asked for. */
export type NewestWork = (clusterId: string, answered: Work) => Work;

/**
 * Keeps an answer that comes late from showing what was before an action or a newer answer: of two answers about a cluster,
 * the one that was asked for later holds.
 */
export class WorkOrder {
  #now = 0;
  #openCount = 0;
  readonly #learned = new Map<string, { readonly work: Work; readonly askedAt: number }>();

  /** Asks, and reads the answer in the light of what is known by then; what the call throws is passed on. */
  async ask<Answer, Result>(
    call: () => Promise<Answer>,
    read: (answer: Answer, newest: NewestWork) => Result
  ): Promise<Result> {
    this.#now += 1;
    const askedAt = this.#now;
    this.#openCount += 1;
    try {
      const answer = await call();
      return read(answer, (clusterId, answered) => this.#newest(clusterId, answered, askedAt));
    } finally {
      this.#openCount -= 1;
      if (this.#openCount === 0) {
        // Nothing is on its way that could be late.
        this.#learned.clear();
      }
    }
  }

  /** Takes down what an action did just now: newer than every answer that is still on its way. */
  learn(works: ChangedWorks): void {
    if (this.#openCount > 0) {
      this.#now += 1;
      works.forEach((work, clusterId) => this.#learned.set(clusterId, { work, askedAt: this.#now }));
    }
  }

  #newest(clusterId: string, answered: Work, askedAt: number): Work {
    const learned = this.#learned.get(clusterId);
    if (learned !== undefined && learned.askedAt > askedAt) {
      return learned.work;
    }
    this.#learned.set(clusterId, { work: answered, askedAt });
    return answered;
  }
}

/** Clusters with the newest that is known of their work. */
export function withNewestWork(clusters: readonly Cluster[], newest: NewestWork): readonly Cluster[] {
  return clusters.map((cluster) => {
    const work = newest(cluster.id, cluster.work);
    return work === cluster.work ? cluster : { ...cluster, work };
  });
}
