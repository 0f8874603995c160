// Which pushed changes are this tab's own: the page shows them already, so that they are no news.

/** Pushed changes are there within five seconds; after this one that was not heard is not waited for any more. */
const waitMs = 10_000;

/** What an action changed: the clusters, or how many where the server does not name them. */
export type Changed = readonly string[] | number;

interface Expected {
  /** Clusters whose change has not been heard yet; null: unnamed ones. */
  readonly ids: Set<string> | null;
  count: number;
  readonly untilMs: number;
}

/** Remembers a tab's own changes until they have been heard. */
export class OwnChanges {
  readonly #underWay = new Set<Promise<unknown>>();
  #expected: Expected[] = [];

  /** Runs an action; what it changed is expected to be heard once. */
  async during<Answer>(action: () => Promise<Answer>, changedOf: (answer: Answer) => Changed): Promise<Answer> {
    const running = action().then((answer) => {
      const changed = changedOf(answer);
      const untilMs = Date.now() + waitMs;
      this.#expected.push(
        typeof changed === 'number'
          ? { ids: null, count: changed, untilMs }
          : { ids: new Set(changed), count: changed.length, untilMs }
      );
      return answer;
    });
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  /** Whether a change that was heard is one of this tab's own. Waits for actions under way: what they did may be heard before their answer. */
  async isOwn(clusterIds: readonly string[]): Promise<boolean> {
    await Promise.allSettled(this.#underWay);
    this.#expected = this.#expected.filter(({ count, untilMs }) => count > 0 && untilMs > Date.now());
    const own = this.#expected.find(({ ids, count }) =>
      ids === null ? clusterIds.length <= count : clusterIds.every((id) => ids.has(id))
    );
    if (own === undefined) {
      return false;
    }
    own.count -= clusterIds.length;
    clusterIds.forEach((id) => own.ids?.delete(id));
    return true;
  }
}

/** Those of this tab. */
export const ownChanges = new OwnChanges();
