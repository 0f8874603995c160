/** Exit codes of every command; `loghunter --help` prints them. */
export const exitCodes = {
  fine: 0,
  findings: 1,
  usage: 2,
  unavailable: 3,
  bug: 70,
  configuration: 78,
  interrupted: 130,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
