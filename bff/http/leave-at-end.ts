/**
 * The same events; `leave` is called once, when they end or fail, when their reader stops, or when the signal is aborted. A client that goes
 * before it asks for the first event ends no generator: nothing of it runs, its `finally` neither.
 */
export function leaveAtEnd<T>(
  events: AsyncGenerator<T>,
  signal: AbortSignal,
  leave: () => void
): AsyncIterableIterator<T> {
  let hasLeft = false;
  function leaveOnce(): void {
    if (!hasLeft) {
      hasLeft = true;
      leave();
    }
  }
  signal.addEventListener('abort', leaveOnce, { once: true });
  if (signal.aborted) {
    leaveOnce();
  }
  return {
    async next() {
      try {
        const result = await events.next();
        if (result.done === true) {
          leaveOnce();
        }
        return result;
      } catch (error) {
        leaveOnce();
        throw error;
      }
    },
    return() {
      leaveOnce();
      return events.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
