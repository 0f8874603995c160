/** One line on standard error that is drawn over and over, for people only. */
export interface Progress {
  /** Draws the line; at most a few times a second, so that it may be called often. */
  show(text: () => string): void;
  /** Wipes the line. */
  clear(): void;
}

const intervalMs = 150;

/** A progress line, or one that never shows when nobody is looking. */
export function createProgress(isShown: boolean, nowMs: () => number = performance.now.bind(performance)): Progress {
  let lastMs = nowMs();
  let isDrawn = false;
  return {
    show(text) {
      if (!isShown || nowMs() - lastMs < intervalMs) {
        return;
      }
      lastMs = nowMs();
      isDrawn = true;
      process.stderr.write(`\r\u001b[K${text()}`);
    },
    clear() {
      if (isDrawn) {
        process.stderr.write('\r\u001b[K');
        isDrawn = false;
      }
    },
  };
}
