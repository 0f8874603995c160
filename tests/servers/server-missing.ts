/** A server that a test needs does not start on this machine. */
export class ServerMissing extends Error {}
