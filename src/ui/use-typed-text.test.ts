import { act, renderHook } from '@testing-library/react';
import { useTypedText } from './use-typed-text';

const pauseMs = 200;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function typeInto(applied: string) {
  const onApply = jest.fn();
  const field = renderHook(({ text }) => useTypedText(text, onApply), { initialProps: { text: applied } });
  return {
    onApply,
    field,
    shown: () => field.result.current[0],
    type: (text: string) => act(() => field.result.current[1](text)),
    pause: () => act(() => jest.advanceTimersByTime(pauseMs)),
  };
}

test('what is typed is applied once, after a pause', () => {
  const { onApply, type, pause } = typeInto('');
  type('s');
  type('sl');
  expect(onApply).not.toHaveBeenCalled();
  pause();
  expect(onApply.mock.calls).toEqual([['sl']]);
});

test('a change from outside, such as the back button, is taken over', () => {
  const { field, shown } = typeInto('slow');
  field.rerender({ text: '' });
  expect(shown()).toBe('');
});

test('what is typed while an earlier text is being applied stays, and is applied', () => {
  const { onApply, field, shown, type, pause } = typeInto('');
  type('sl');
  pause();
  type('slo');
  pause();
  type('slow');
  field.rerender({ text: 'sl' });
  expect(shown()).toBe('slow');
  field.rerender({ text: 'slo' });
  expect(shown()).toBe('slow');
  pause();
  expect(onApply).toHaveBeenLastCalledWith('slow');
  field.rerender({ text: 'slow' });
  field.rerender({ text: 'slo' });
  expect(shown()).toBe('slo');
});
