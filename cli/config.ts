/** What the command line takes from its surroundings; nothing else in this room reads the environment. */
export interface CliConfig {
  readonly useColours: boolean;
  readonly showProgress: boolean;
  /** Columns of the terminal; null when standard output is no terminal. */
  readonly widthColumns: number | null;
}

/** Colours and progress only for people: a pipe, a file, NO_COLOR and a dumb terminal get plain text. */
export function readCliConfig(): CliConfig {
  const isPlain = (process.env['NO_COLOR'] ?? '') !== '' || process.env['TERM'] === 'dumb';
  return {
    useColours: process.stdout.isTTY === true && !isPlain,
    showProgress: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
    widthColumns: process.stdout.isTTY === true ? (process.stdout.columns ?? null) : null,
  };
}
