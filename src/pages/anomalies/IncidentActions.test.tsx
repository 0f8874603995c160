import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { act, render, screen } from '@testing-library/react';
import React from 'react';
import { defer, type Observable } from 'rxjs';
import type { Incident } from './incident-settings';
import { useIncidentActions } from './IncidentActions';

// jsdom has none; no call is aborted before it is answered here.
AbortSignal.prototype.throwIfAborted ??= () => undefined;

/** The server's calls, as `METHOD path`; those that `refuses` matches fail. */
function answerCalls(refuses: RegExp) {
  const calls: string[] = [];
  let count = 0;
  const fetch = ({ url, method }: { url: string; method: string }): Observable<unknown> =>
    defer(async () => {
      const call = `${method} ${url.replace(/^.*\/api\/v1/, '')}`;
      calls.push(call);
      if (refuses.test(call)) {
        throw Object.assign(new TypeError('refused'), { status: 503, data: '' });
      }
      const event = (id: string, service: string) => ({ id, service, namespace: '', kind: 'spike', clusterId: null });
      count += 1;
      return {
        data: call.startsWith('GET')
          ? { events: [event('e1', 'cart'), event('e2', 'cart'), event('e3', 'mail')] }
          : { suppression: { id: `s${count}` } },
      };
    });
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return calls;
}

const incident = { id: 'i1', assignee: null } as Incident;

function Page({ onChanged }: { onChanged: () => void }) {
  const actions = useIncidentActions(onChanged);
  return (
    <>
      <button onClick={() => actions.holdBack([incident], 14)}>hold</button>
      {actions.toast}
    </>
  );
}

async function press(name: string, times = 1) {
  await act(async () => {
    for (let count = 0; count < times; count += 1) {
      screen.getByRole('button', { name }).click();
    }
  });
}

describe('holding incidents back', () => {
  it('says it of each series once, and undo takes all of it back once however often it is pressed', async () => {
    const calls = answerCalls(/nothing/);
    const onChanged = jest.fn();
    render(<Page onChanged={onChanged} />);
    await press('hold', 2);
    expect(calls).toEqual([
      'GET /incidents/i1',
      'POST /anomaly-events/e2/feedback',
      'POST /anomaly-events/e3/feedback',
    ]);
    expect(screen.getByRole('status').textContent).toContain('1 incident is held back for 14 days');
    await press('Undo', 2);
    expect(calls.slice(3)).toEqual(['DELETE /anomaly-suppressions/s2', 'DELETE /anomaly-suppressions/s3']);
    expect(screen.getByRole('status').textContent).toContain('Undone');
    expect(onChanged).toHaveBeenCalledTimes(2);
  });

  it('holds nothing back when a part of it fails, and says so', async () => {
    const calls = answerCalls(/e3\/feedback/);
    const onChanged = jest.fn();
    render(<Page onChanged={onChanged} />);
    await press('hold');
    expect(calls.slice(-2)).toEqual(['POST /anomaly-events/e3/feedback', 'DELETE /anomaly-suppressions/s2']);
    expect(screen.getByRole('alert').textContent).not.toBe('');
    expect(onChanged).not.toHaveBeenCalled();
  });
});
