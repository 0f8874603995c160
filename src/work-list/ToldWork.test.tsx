import { act, render, screen } from '@testing-library/react';
import React, { useEffect } from 'react';
import { useToldWork, type ToldWork } from './ToldWork';
import type { ToastContent } from './UndoToast';

let told: ToldWork;

function Page() {
  const drawn = useToldWork();
  useEffect(() => {
    told = drawn;
  });
  return <>{drawn.toast}</>;
}

/** Work whose end the test decides. */
function workOf(done: string[], name: string) {
  let end: { resolve: (content: ToastContent) => void; reject: (error: unknown) => void } | undefined;
  const work = () => {
    done.push(name);
    return new Promise<ToastContent>((resolve, reject) => (end = { resolve, reject }));
  };
  return {
    work,
    succeed: (content: ToastContent = { text: name }) => act(async () => end?.resolve(content)),
    fail: () => act(async () => end?.reject(new TypeError('away'))),
  };
}

beforeEach(() => void render(<Page />));

describe('what people do one after the other', () => {
  it('waits for its turn when it has a name, and is done once however often it is asked for', async () => {
    const done: string[] = [];
    const [first, second] = [workOf(done, 'first'), workOf(done, 'second')];
    act(() => told.run(first.work, 'first'));
    act(() => told.run(first.work, 'first'));
    act(() => told.run(second.work, 'second'));
    expect(done).toEqual(['first']);
    await first.succeed();
    expect(done).toEqual(['first', 'second']);
    await second.succeed();
    expect(screen.getByRole('status')).toHaveTextContent('second');
  });

  it('is not begun without a name while other work runs', async () => {
    const done: string[] = [];
    const first = workOf(done, 'first');
    act(() => told.run(first.work));
    act(() => told.run(first.work));
    await first.succeed();
    expect(done).toEqual(['first']);
  });

  it('says what was not done any more after a failure, and begins anew', async () => {
    const done: string[] = [];
    const [first, second] = [workOf(done, 'first'), workOf(done, 'second')];
    act(() => told.run(first.work, 'first'));
    act(() => told.run(second.work, 'second'));
    await first.fail();
    expect(screen.getByRole('alert')).toHaveTextContent('1 change asked for after it was not made');
    act(() => told.run(second.work, 'second'));
    await second.succeed();
    expect(done).toEqual(['first', 'second']);
    expect(screen.getByRole('status')).toHaveTextContent('second');
  });
});

describe('an undo that fails', () => {
  it('can be tried again from the toast that tells of it', async () => {
    const done: string[] = [];
    const undo = workOf(done, 'undo');
    act(() => told.tell({ text: 'resolved', undo: () => told.run(undo.work) }));
    act(() => screen.getByRole('button', { name: 'Undo' }).click());
    await undo.fail();
    expect(screen.getByRole('alert')).toHaveTextContent('As before: resolved');
    act(() => screen.getByRole('button', { name: 'Undo' }).click());
    await undo.succeed({ text: 'undone' });
    expect(done).toEqual(['undo', 'undo']);
    expect(screen.getByRole('status')).toHaveTextContent('undone');
  });
});
