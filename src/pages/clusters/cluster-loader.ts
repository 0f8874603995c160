import type { Cluster, ListClustersResponse } from '@loghunter/contracts';
import { createLatestRequest, notRequested, type RequestState } from '../../api/latest-request';
import { windowPageSize, withPage, type ClusterWindow } from './cluster-window';
import { withNewestWork, type NewestWork, type WorkOrder } from './work-order';

/** What is known of the list: totals of the latest answer, and the pages that are loaded. */
export interface LoadedClusters {
  readonly request: RequestState<ListClustersResponse>;
  readonly window: ClusterWindow;
}

export const nothingLoaded: LoadedClusters = { request: notRequested, window: new Map() };

/** Asks the server for clusters from an offset on. */
export type LoadClusters = (offset: number, signal: AbortSignal) => Promise<ListClustersResponse>;

export interface ClusterLoader {
  /** Loads the list anew; what is shown stays until the first answer. `pages` are those in view. */
  reload(load: LoadClusters, pages?: readonly number[]): Promise<void>;
  /** Loads what is missing of some pages of the same list. */
  fill(load: LoadClusters, pages: readonly number[]): void;
  cancel(): void;
}

/** Loads a long list page by page. A reload gives up every call before it. */
export function createClusterLoader(
  read: () => LoadedClusters,
  report: (change: Partial<LoadedClusters>) => void,
  order: WorkOrder
): ClusterLoader {
  const latest = createLatestRequest<ListClustersResponse>((change) =>
    report({ request: { ...read().request, ...change } })
  );
  let fills = new AbortController();
  let filling = new Set<number>();

  async function reload(load: LoadClusters, pages: readonly number[] = [0]): Promise<void> {
    fills.abort();
    fills = new AbortController();
    filling = new Set();
    await latest.run(async (signal) => {
      const wanted = pages.length === 0 ? [0] : pages;
      const [answer] = await order.ask(
        () => Promise.all(wanted.map((page) => load(page * windowPageSize, signal))),
        (answers, newest) => {
          signal.throwIfAborted();
          const contents = answers.map(({ clusters }) => withNewestWork(clusters, newest));
          report({ window: toWindow(wanted, contents) });
          return answers;
        }
      );
      return answer ?? load(0, signal);
    });
  }

  function fill(load: LoadClusters, pages: readonly number[]): void {
    const { signal } = fills;
    for (const page of pages) {
      if (read().window.has(page) || filling.has(page)) {
        continue;
      }
      const own = filling;
      own.add(page);
      const show = ({ clusters }: ListClustersResponse, newest: NewestWork) => {
        if (!signal.aborted) {
          report({ window: withPage(read().window, page, withNewestWork(clusters, newest)) });
        }
      };
      order
        .ask(() => load(page * windowPageSize, signal), show)
        // The rows stay grey, and scrolling asks again; a reload tells what is wrong.
        .catch(() => undefined)
        .finally(() => own.delete(page));
    }
  }

  function cancel(): void {
    fills.abort();
    latest.cancel();
  }

  return { reload, fill, cancel };
}

function toWindow(pages: readonly number[], contents: ReadonlyArray<readonly Cluster[]>): ClusterWindow {
  return new Map(pages.map((page, index) => [page, contents[index] ?? []]));
}
