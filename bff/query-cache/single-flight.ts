// Equal work asked for at the same time is done once. Whoever gives up leaves the others' work alone; the last one ends it.

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  askerCount: number;
}

/** Does work once for all who ask for it under the same key while it runs. */
export interface SingleFlight<T> {
  /** `work` gets a signal that is aborted when nobody waits any more. Rejects with the asker's own reason when its signal is aborted. */
  run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Creates one for results of one type. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();

  function start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const result = work(controller.signal).finally(() => {
      if (flights.get(key) === flight) {
        flights.delete(key);
      }
    });
    // Everyone may have left by the time it fails.
    result.catch(() => undefined);
    const flight: Flight<T> = { result, controller, askerCount: 0 };
    flights.set(key, flight);
    return flight;
  }

  function leave(key: string, flight: Flight<T>): void {
    flight.askerCount -= 1;
    if (flight.askerCount === 0 && flights.get(key) === flight) {
      flights.delete(key);
      flight.controller.abort();
    }
  }

  return {
    async run(key, signal, work) {
      signal.throwIfAborted();
      const flight = flights.get(key) ?? start(key, work);
      flight.askerCount += 1;
      const { promise: gaveUp, reject } = Promise.withResolvers<never>();
      const giveUp = () => {
        leave(key, flight);
        reject(signal.reason);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        return await Promise.race([flight.result, gaveUp]);
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    },
  };
}
