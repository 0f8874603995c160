import {
  LoadingState,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type TestDataSourceResponse,
} from '@grafana/data';
import { RuntimeDataSource, sceneUtils } from '@grafana/scenes';
import type { DataQuery } from '@grafana/schema';
import type { TimeRangeQuery } from '@loghunter/contracts';
import { Observable } from 'rxjs';
import { serverClient } from '../api/server-client';
import { isCancelled, toServerError } from '../api/server-error';
import { countsToFrames } from './counts-frames';
import { marksToFrames } from './mark-frames';

export const countsDataSource = { type: 'loghunter-counts', uid: 'loghunter-counts' } as const;

export interface CountsQuery extends DataQuery {
  /** Optional only because Grafana's types want any data source to take any query. */
  readonly clusterId?: string;
  /** Whose deploys are marked. */
  readonly service?: string;
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
  const range = { from: String(request.range.from.valueOf()), to: String(request.range.to.valueOf()) };
  try {
    const [counts, marks] = await Promise.all([
      serverClient().getClusterCounts(
        { id: target.clusterId, ...range, points: wantedPoints(request.maxDataPoints) },
        signal
      ),
      readMarks(target.clusterId, target.service ?? '', range, signal),
    ]);
    const frames = [...countsToFrames(counts, target.refId), ...marks];
    return { data: frames, key: target.refId, state: LoadingState.Done };
  } catch (error) {
    signal.throwIfAborted();
    throw toServerError(error);
  }
}

/** Deploys and anomalies in the range. The counts are worth showing without them too. */
async function readMarks(
  clusterId: string,
  service: string,
  range: Required<TimeRangeQuery>,
  signal: AbortSignal
): Promise<DataFrame[]> {
  const client = serverClient();
  const services = service === '' ? [] : [service];
  const [deploys, events] = await Promise.allSettled([
    services.length === 0 ? { deploys: [] } : client.listDeploys({ ...range, service: services }, signal),
    client.listAnomalyEvents({ ...range, clusterId, severity: [], kind: [], service: [] }, signal),
  ]);
  return marksToFrames(
    deploys.status === 'fulfilled' ? deploys.value.deploys : [],
    events.status === 'fulfilled' ? events.value.events : []
  );
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
