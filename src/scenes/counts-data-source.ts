import {
  LoadingState,
  type DataQueryRequest,
  type DataQueryResponse,
  type TestDataSourceResponse,
} from '@grafana/data';
import { RuntimeDataSource, sceneUtils } from '@grafana/scenes';
import type { DataQuery } from '@grafana/schema';
import { Observable } from 'rxjs';
import { serverClient } from '../api/server-client';
import { isCancelled, toServerError } from '../api/server-error';
import { countsToFrames } from './counts-frames';

export const countsDataSource = { type: 'loghunter-counts', uid: 'loghunter-counts' } as const;

export interface CountsQuery extends DataQuery {
  /** Optional only because Grafana's types want any data source to take any query. */
  readonly clusterId?: string;
}

/** Feeds Grafana's own panels from the API: loading, errors, range and refresh then work as everywhere else. */
class CountsDataSource extends RuntimeDataSource<CountsQuery> {
  query(request: DataQueryRequest<CountsQuery>): Observable<DataQueryResponse> {
    return new Observable((subscriber) => {
      const controller = new AbortController();
      void answerQuery(request, controller.signal).then(
        (response) => {
          subscriber.next(response);
          subscriber.complete();
        },
        (error) => (isCancelled(error) ? subscriber.complete() : subscriber.error(error))
      );
      return () => controller.abort();
    });
  }

  override async testDatasource(): Promise<TestDataSourceResponse> {
    const health = await serverClient().getHealth({});
    return { status: health.status === 'unavailable' ? 'error' : 'success', message: `LogHunter ${health.version}` };
  }
}

async function answerQuery(request: DataQueryRequest<CountsQuery>, signal: AbortSignal): Promise<DataQueryResponse> {
  const [target] = request.targets;
  if (target?.clusterId === undefined) {
    return { data: [], state: LoadingState.Done };
  }
  try {
    const counts = await serverClient().getClusterCounts(
      {
        id: target.clusterId,
        from: String(request.range.from.valueOf()),
        to: String(request.range.to.valueOf()),
        points: wantedPoints(request.maxDataPoints),
      },
      signal
    );
    return { data: countsToFrames(counts, target.refId), key: target.refId, state: LoadingState.Done };
  } catch (error) {
    signal.throwIfAborted();
    throw toServerError(error);
  }
}

/** A bar needs about six pixels to be seen as one; `maxDataPoints` is the panel's width in pixels. */
const pixelsPerBar = 6;
const maxPoints = 1000;

function wantedPoints(widthPixels = 720): number {
  return Math.max(1, Math.min(maxPoints, Math.floor(widthPixels / pixelsPerBar)));
}

let isRegistered = false;

/** Scenes refuses a second registration of the same uid. */
export function registerCountsDataSource(): void {
  if (!isRegistered) {
    sceneUtils.registerRuntimeDataSource({
      dataSource: new CountsDataSource(countsDataSource.type, countsDataSource.uid),
    });
    isRegistered = true;
  }
}
