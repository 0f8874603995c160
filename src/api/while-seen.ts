// Browsers open six connections to a server over HTTP/1.1, for all tabs together: tabs that nobody looks at must not hold one each.

/** How long a hidden page keeps its streams: who looks at another tab for a moment finds everything as it was. */
export const hiddenGraceMs = 60_000;

/** A stretch of time in which somebody looks at the page. */
export interface SeenTime {
  /** Aborted when the page was hidden for long, or the stream is not wanted any more. */
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** Waits until the page is seen, or the signal is aborted; the stretch ends some time after the page was hidden. */
export async function untilSeen(wanted: AbortSignal, graceMs: number = hiddenGraceMs): Promise<SeenTime> {
  await visible(wanted);
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const abort = () => controller.abort();
  function watch() {
    clearTimeout(timer);
    timer = document.hidden ? setTimeout(abort, graceMs) : undefined;
  }
  document.addEventListener('visibilitychange', watch);
  wanted.addEventListener('abort', abort);
  if (wanted.aborted) {
    abort();
  }
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', watch);
      wanted.removeEventListener('abort', abort);
    },
  };
}

function visible(wanted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function look() {
      if (!document.hidden || wanted.aborted) {
        document.removeEventListener('visibilitychange', look);
        wanted.removeEventListener('abort', look);
        resolve();
      }
    }
    document.addEventListener('visibilitychange', look);
    wanted.addEventListener('abort', look);
    look();
  });
}
