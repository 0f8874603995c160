import { OwnChanges } from './own-changes';

const ids = Array.from({ length: 30 }, (_, index) => `cluster-${index}`);

describe('a change that is pushed', () => {
  it('is one’s own once, in as many pieces as it comes', async () => {
    const own = new OwnChanges();
    await own.during(
      () => Promise.resolve(ids),
      (changed) => changed
    );
    expect(await own.isOwn(ids.slice(0, 25))).toBe(true);
    expect(await own.isOwn(ids.slice(25))).toBe(true);
    expect(await own.isOwn(ids.slice(0, 25))).toBe(false);
  });

  it('is one’s own when it is heard before the answer to the action', async () => {
    const own = new OwnChanges();
    let answer: (changed: readonly string[]) => void = () => {};
    const action = own.during(
      () => new Promise<readonly string[]>((resolve) => (answer = resolve)),
      (changed) => changed
    );
    const heard = own.isOwn(ids);
    answer(ids);
    await action;
    expect(await heard).toBe(true);
  });

  it('is one’s own by number where the server does not name the clusters', async () => {
    const own = new OwnChanges();
    await own.during(
      () => Promise.resolve({ changedCount: 30 }),
      ({ changedCount }) => changedCount
    );
    expect(await own.isOwn(ids)).toBe(true);
    expect(await own.isOwn(ids)).toBe(false);
  });

  it('is somebody else’s when it holds another cluster, or when the action failed', async () => {
    const own = new OwnChanges();
    await own.during(
      () => Promise.resolve(ids),
      (changed) => changed
    );
    expect(await own.isOwn([...ids, 'another'])).toBe(false);
    const failing = new OwnChanges();
    const failure = failing.during<readonly string[]>(
      () => Promise.reject(new TypeError('the server is away')),
      (changed) => changed
    );
    await expect(failure).rejects.toThrow('away');
    expect(await failing.isOwn(ids)).toBe(false);
  });

  it('is somebody else’s when it comes long after the own one', async () => {
    jest.useFakeTimers();
    const own = new OwnChanges();
    await own.during(
      () => Promise.resolve(ids),
      (changed) => changed
    );
    jest.advanceTimersByTime(11_000);
    expect(await own.isOwn(ids)).toBe(false);
    jest.useRealTimers();
  });
});
