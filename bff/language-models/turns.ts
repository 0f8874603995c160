/** Places for so many at a time; the others wait in order. */
export interface Turns {
  /** Resolves when there is a place; throws the signal's reason when that aborts before. Each is given back once. */
  take(signal: AbortSignal): Promise<void>;
  give(): void;
}

/** Makes `count` places. */
export function createTurns(count: number): Turns {
  const waiting: Array<() => void> = [];
  let takenCount = 0;
  return {
    async take(signal) {
      signal.throwIfAborted();
      if (takenCount < count) {
        takenCount += 1;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(turn), 1);
          reject(signal.reason as Error);
        };
        waiting.push(turn);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    give() {
      // The place goes to the next one; nobody can come between.
      const next = waiting.shift();
      if (next === undefined) {
        takenCount -= 1;
      } else {
        next();
      }
    },
  };
}
