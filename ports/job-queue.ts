/** What the queue carries: ids only. */
export interface JobMessage {
  readonly tenantId: string;
  readonly jobId: string;
  /** `sendCount` of the job when it was sent. */
  readonly sendCount: number;
}

/** How a message is sent. */
export interface SendOptions {
  /** Higher goes first. */
  readonly priority: number;
  /** Not before this many seconds. */
  readonly delaySeconds: number;
}

/** A message that a worker has taken. */
export interface DeliveredMessage extends JobMessage {
  /** A worker had it before and did not end it: it died, or was too slow to say that it lives. */
  readonly isRedelivered: boolean;
  /** Aborted when the message was given to another worker. */
  readonly signal: AbortSignal;
}

/** Hands jobs to workers of all replicas: at least once each. Throws `PortError` of the database. */
export interface JobQueue {
  /** Puts a message into the queue, in the unit of work around the call where there is one. */
  send(message: JobMessage, options: SendOptions): Promise<void>;
  /** Has workers of this process look at once instead of at their next turn. */
  wake(): void;
  /** Begins to take messages, `concurrency` at a time; a handler that rejects gets the message again. */
  work(concurrency: number, handle: (message: DeliveredMessage) => Promise<void>): Promise<void>;
  /** Has `handle` called once over all replicas at every time of the cron expression (UTC). */
  schedule(name: string, cron: string, handle: () => Promise<void>): Promise<void>;
  /** Takes no more messages and waits for the handlers under way. */
  stop(): Promise<void>;
}

/** The queue's own way to its tables, past tenants; never reachable from a request. */
export interface QueueConnection {
  readonly system: 'postgres' | 'pglite';
  /** Runs a statement with parameters, or a script of several without. */
  executeSql(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
  /** Statements that every session of this connection runs first. */
  setSessionStatements(statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
