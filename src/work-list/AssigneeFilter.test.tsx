import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { render, screen, waitFor } from '@testing-library/react';
import React from 'react';
import { of } from 'rxjs';
import { AssigneeFilter } from './AssigneeFilter';

// jsdom has none; no call is aborted before it is answered here.
AbortSignal.prototype.throwIfAborted ??= () => undefined;

// Nor a canvas to measure text on.
Object.assign(HTMLCanvasElement.prototype, { getContext: () => ({ measureText: () => ({ width: 0 }) }) });

const people = { people: [{ id: 'user:7', name: 'Grace' }], teams: ['night shift'], myId: 'user:1' };

function answerCalls() {
  const fetch = jest.fn(() => of({ data: people }));
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return fetch;
}

const shown = () => screen.getByRole<HTMLInputElement>('combobox').value;

describe('the filter by owner', () => {
  it('shows the name of whoever a link names by id', async () => {
    answerCalls();
    render(<AssigneeFilter assignee="user:7" onChange={() => undefined} />);
    await waitFor(() => expect(shown()).toBe('Grace'));
  });

  it('shows an id that nobody is known by, and asks for nobody where none is named', async () => {
    const fetch = answerCalls();
    const { rerender } = render(<AssigneeFilter assignee="me" onChange={() => undefined} />);
    await waitFor(() => expect(shown()).toBe('Mine'));
    expect(fetch).not.toHaveBeenCalled();
    rerender(<AssigneeFilter assignee="user:9" onChange={() => undefined} />);
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(shown()).toBe('user:9');
  });
});
