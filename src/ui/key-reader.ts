/** A key press, as far as it matters here. */
export interface KeyPress {
  readonly key: string;
  readonly isModified: boolean;
  /** Milliseconds on any clock. */
  readonly atMs: number;
}

/** First keys of Grafana's own sequences, such as `t z` for "zoom out"; the key that follows is Grafana's. */
const sequenceStarts = new Set(['g', 't', 'p', 'd', 'c']);

/** Grafana waits this long for the second key of a sequence. */
const sequenceMs = 1000;

/** Tells which presses are free for a page: none with a modifier, and none that Grafana takes for the second key of a sequence. */
export function createKeyReader(): (press: KeyPress) => string | undefined {
  let startedAtMs = -Infinity;
  return ({ key, isModified, atMs }) => {
    if (isModified) {
      return undefined;
    }
    const isSecond = atMs - startedAtMs < sequenceMs;
    startedAtMs = !isSecond && sequenceStarts.has(key) ? atMs : -Infinity;
    return isSecond || startedAtMs === atMs ? undefined : key;
  };
}
