/** A mail. Texts are as they are to be read; the sender encodes them. */
export interface MailMessage {
  /** The same at every attempt, so that mailboxes can tell repeats: the part before the `@` of its Message-ID. */
  readonly id: string;
  readonly recipients: readonly string[];
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What the mail server said. */
export interface MailReceipt {
  /** Recipients that it refused for good while it took the mail for others. */
  readonly refusedCount: number;
}

/**
 * The operator's mail server. Throws `PortError` of `smtp`: `unavailable` and `timeout` when another try may go through, `rejected` when
 * the server refused the login or every recipient for good.
 */
export interface MailSender {
  send(message: MailMessage, signal: AbortSignal): Promise<MailReceipt>;
}
