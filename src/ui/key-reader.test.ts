import { createKeyReader } from './key-reader';

function press(reader: ReturnType<typeof createKeyReader>, key: string, atMs: number, isModified = false) {
  return reader({ key, isModified, atMs });
}

describe('createKeyReader', () => {
  it('gives a single key to the page', () => {
    expect(press(createKeyReader(), 'a', 0)).toBe('a');
  });

  it.each(['g', 't', 'p', 'd', 'c'])('leaves the key after %s to Grafana', (start) => {
    const reader = createKeyReader();
    expect(press(reader, start, 0)).toBeUndefined();
    expect(press(reader, 'a', 400)).toBeUndefined();
    expect(press(reader, 'a', 500)).toBe('a');
  });

  it('gives a key to the page once the sequence has timed out', () => {
    const reader = createKeyReader();
    press(reader, 't', 0);
    expect(press(reader, 'a', 1000)).toBe('a');
  });

  it('does not take the second key of a sequence for the start of another', () => {
    const reader = createKeyReader();
    press(reader, 'g', 0);
    expect(press(reader, 'p', 100)).toBeUndefined();
    expect(press(reader, 'x', 200)).toBe('x');
  });

  it('leaves keys with a modifier alone', () => {
    expect(press(createKeyReader(), 'k', 0, true)).toBeUndefined();
  });
});
