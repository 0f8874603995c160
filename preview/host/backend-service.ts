// Grafana's back end as the front end sees it: plain fetch, with Grafana's shape of answers and errors.
import { AppEvents, type EventBus } from '@grafana/data';
import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { from, throwError, type Observable } from 'rxjs';
import { PreviewError } from './host-error.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export function createBackendService(events: EventBus): BackendSrv {
  function fetchResponse<T>(request: BackendSrvRequest): Observable<FetchResponse<T>> {
    return from(call<T>(request, events));
  }

  function verb(method: Method) {
    return async <T>(
      url: string,
      input?: Record<string, unknown>,
      _requestId?: string,
      options?: Partial<BackendSrvRequest>
    ) => {
      const content = method === 'GET' ? { params: input } : { data: input };
      return (await call<T>({ ...options, ...content, method, url }, events)).data;
    };
  }

  function verbWithOptions(method: Method) {
    return <T>(url: string, input?: Record<string, unknown>, options?: Partial<BackendSrvRequest>) =>
      verb(method)<T>(url, input, undefined, options);
  }

  return {
    fetch: fetchResponse,
    get: verb('GET'),
    post: verbWithOptions('POST'),
    put: verbWithOptions('PUT'),
    patch: verbWithOptions('PATCH'),
    delete: verbWithOptions('DELETE'),
    request: async (request) => (await call<never>(request, events)).data,
    datasourceRequest: (request) => call<never>(request, events),
    chunked: () => throwError(() => new PreviewError('The preview does not stream')),
  };
}

async function call<T>(request: BackendSrvRequest, events: EventBus): Promise<FetchResponse<T>> {
  const response = await fetch(addressOf(request), {
    method: request.method ?? 'GET',
    headers: { accept: 'application/json, text/plain, */*', 'content-type': 'application/json', ...request.headers },
    ...(request.data === undefined ? {} : { body: JSON.stringify(request.data) }),
    ...(request.abortSignal ? { signal: request.abortSignal } : {}),
  });
  const data = parse(await response.text());
  if (!response.ok) {
    const error: FetchError = { status: response.status, statusText: response.statusText, data, config: request };
    if (request.showErrorAlert !== false) {
      events.publish({ type: AppEvents.alertError.name, payload: [messageOf(data) ?? response.statusText] });
    }
    throw error;
  }
  return {
    data,
    status: response.status,
    statusText: response.statusText,
    ok: true,
    headers: response.headers,
    url: response.url,
    type: response.type,
    redirected: response.redirected,
    config: request,
  };
}

function addressOf({ url, params }: BackendSrvRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params ?? {})) {
    search.append(name, String(value));
  }
  const text = search.toString();
  return `/${url.replace(/^\//, '')}${text === '' ? '' : `?${text}`}`;
}

/** Grafana tries JSON and keeps the text when it is none. */
function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function messageOf(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'message' in data ? String(data.message) : undefined;
}
