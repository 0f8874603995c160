/** What the command line takes from the terminal around it. */
export interface Terminal {
  readonly useColours: boolean;
  readonly showProgress: boolean;
  /** Columns of the terminal; null when standard output is no terminal. */
  readonly widthColumns: number | null;
  /** Whether somebody sits at a screen that a browser can open on. */
  readonly hasScreen: boolean;
}

/** Looks around once; nothing else in this room reads the environment. NO_COLOR, pipes and dumb terminals get plain text. */
export function readTerminal(): Terminal {
  const { NO_COLOR: noColour = '', TERM: terminalName, DISPLAY: display, WAYLAND_DISPLAY: wayland } = process.env;
  const isDumb = terminalName === 'dumb';
  return {
    useColours: process.stdout.isTTY === true && noColour === '' && !isDumb,
    showProgress: process.stderr.isTTY === true && !isDumb,
    widthColumns: process.stdout.isTTY === true ? (process.stdout.columns ?? null) : null,
    hasScreen:
      process.stderr.isTTY === true &&
      (process.platform === 'darwin' || display !== undefined || wayland !== undefined),
  };
}

/** Where commands that ask a server find it; undefined for what nobody set. */
export interface Connection {
  readonly serverUrl: string | undefined;
  readonly apiKey: string | undefined;
}

/** `LOGHUNTER_SERVER_URL` and `LOGHUNTER_API_KEY`. */
export function readConnection(): Connection {
  return { serverUrl: process.env['LOGHUNTER_SERVER_URL'], apiKey: process.env['LOGHUNTER_API_KEY'] };
}
