import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';
import { defer } from 'rxjs';
import { AssignDialog } from './AssignDialog';

// jsdom has none; no call is aborted before it is answered here.
AbortSignal.prototype.throwIfAborted ??= () => undefined;

const people = { people: [{ id: 'user:1', name: 'Ada' }], teams: [], myId: null };

/** Draws the dialog; the list of people comes, or fails, when the test says so. */
function openDialog() {
  const answers: Array<{ succeed: () => void; fail: () => void }> = [];
  const fetch = () =>
    defer(
      () =>
        new Promise((resolve, reject) =>
          answers.push({
            succeed: () => resolve({ data: people }),
            fail: () => reject(new TypeError('away')),
          })
        )
    );
  setBackendSrv({ fetch } as unknown as BackendSrv);
  const handlers = { onAssign: jest.fn(), onClose: jest.fn() };
  render(<AssignDialog about="1 cluster" {...handlers} />);
  return { ...handlers, answer: (how: 'succeed' | 'fail') => act(async () => answers.at(-1)?.[how]()) };
}

function enter(text: string) {
  const field = screen.getByRole('textbox');
  fireEvent.change(field, { target: { value: text } });
  fireEvent.keyDown(field, { key: 'Enter' });
}

describe('the question whom to assign to', () => {
  it('takes no answer before the list of people is there', async () => {
    const { onAssign, onClose, answer } = openDialog();
    await act(async () => undefined);
    enter('');
    enter('ada');
    expect(onClose).not.toHaveBeenCalled();
    await answer('succeed');
    enter('ada');
    expect(onAssign.mock.calls).toEqual([[{ kind: 'person', id: 'user:1', name: 'Ada' }]]);
  });

  it('says when the list cannot be read, and reads it again', async () => {
    const { answer } = openDialog();
    await act(async () => undefined);
    await answer('fail');
    expect(screen.queryByRole('button', { name: 'Nobody' })).toBeNull();
    act(() => screen.getByRole('button', { name: 'Try again' }).click());
    await answer('succeed');
    expect(screen.getByRole('button', { name: /Ada/ })).toBeInTheDocument();
  });
});
