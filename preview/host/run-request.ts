// Core's query runner is not on npm: calls a data source and tells loading, answers and errors as panels expect them.
import {
  DataTopic,
  LoadingState,
  toDataFrame,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type PanelData,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, from, isObservable, map, merge, of, share, takeUntil, timer, type Observable } from 'rxjs';

/** Fast answers go without a flash of the loading bar. */
const loadingDelayMs = 200;

export function runRequest(dataSource: DataSourceApi, request: DataQueryRequest): Observable<PanelData> {
  const base: PanelData = { state: LoadingState.Loading, series: [], request, timeRange: request.range };
  const asked = dataSource.query(request);
  const answers = from(isObservable(asked) ? asked : Promise.resolve(asked)).pipe(
    map((answer) => toPanelData(base, answer)),
    catchError((error) => of(failed(base, toDataQueryError(error)))),
    share()
  );
  const loading = timer(loadingDelayMs).pipe(
    map(() => base),
    takeUntil(answers)
  );
  return merge(loading, answers);
}

function toPanelData(base: PanelData, answer: DataQueryResponse): PanelData {
  const frames = answer.data.map((frame) => toDataFrame(frame));
  const isAnnotation = (frame: DataFrame) => frame.meta?.dataTopic === DataTopic.Annotations;
  const shown = {
    series: frames.filter((frame) => !isAnnotation(frame)),
    annotations: frames.filter(isAnnotation),
  };
  const error = answer.errors?.[0];
  return error ? { ...failed(base, error), ...shown } : { ...base, state: answer.state ?? LoadingState.Done, ...shown };
}

function failed(base: PanelData, error: NonNullable<PanelData['error']>): PanelData {
  return { ...base, state: LoadingState.Error, error, errors: [error] };
}
