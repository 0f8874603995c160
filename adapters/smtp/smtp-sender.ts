import { PortError } from '@loghunter/ports';
import type { MailMessage, MailReceipt, MailSender, PortErrorKind } from '@loghunter/ports';
import { createTransport } from 'nodemailer';

/** The mail server, and who writes. */
export interface SmtpOptions {
  /** `smtps://user:password@host:port`, or `smtp://` with STARTTLS; `?starttls=never` speaks in the clear. */
  readonly url: string;
  readonly from: string;
  /** Certificates to trust beside those of the system, in PEM; for tests. */
  readonly ca?: string;
}

/** Mail servers answer within seconds or hang; a worker waits for no more. */
const timeoutMs = 10_000;
/** Ports that RFC 8314 and RFC 6409 give to submission. */
const defaultPorts = { 'smtps:': 465, 'smtp:': 587 } as const;

/** Sends mails over SMTP: each over a connection of its own, with TLS 1.2 or newer and a checked certificate. */
export function createSmtpSender(options: SmtpOptions): MailSender {
  const url = new URL(options.url);
  const isSecure = url.protocol === 'smtps:';
  const isPlain = url.searchParams.get('starttls') === 'never';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? defaultPorts[isSecure ? 'smtps:' : 'smtp:'] : Number(url.port);
  return {
    async send(message, signal) {
      signal.throwIfAborted();
      const transport = createTransport({
        ...{ host, port, secure: isSecure, requireTLS: !isSecure && !isPlain, ignoreTLS: isPlain },
        ...(url.username === ''
          ? {}
          : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
        tls: { minVersion: 'TLSv1.2', ...(options.ca === undefined ? {} : { ca: options.ca }) },
        ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
        // Texts come from logs: none of them may name a file or an address to be read.
        ...{ disableFileAccess: true, disableUrlAccess: true },
      });
      const onAbort = () => transport.close();
      signal.addEventListener('abort', onAbort);
      try {
        const sent = await transport.sendMail(toMail(options.from, message));
        return toReceipt(sent);
      } catch (error) {
        throw toPortError(error, `${host}:${port}`);
      } finally {
        signal.removeEventListener('abort', onAbort);
        transport.close();
      }
    },
  };
}

function toMail(from: string, message: MailMessage) {
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'loghunter.invalid';
  return {
    from,
    to: [...message.recipients],
    subject: message.subject.replace(/[\r\n]+/g, ' '),
    text: message.text,
    html: message.html,
    messageId: `<${message.id}@${domain}>`,
    // RFC 3834: nobody's holiday message answers it.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-LogHunter-Delivery': message.id },
  };
}

function toReceipt(sent: { readonly rejected?: readonly unknown[] }): MailReceipt {
  return { refusedCount: sent.rejected?.length ?? 0 };
}

interface SmtpFailure {
  readonly code: string;
  readonly responseCode: number | undefined;
}

function readFailure(error: unknown): SmtpFailure {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>;
  return {
    code: typeof fields['code'] === 'string' ? fields['code'] : 'unknown',
    responseCode: typeof fields['responseCode'] === 'number' ? fields['responseCode'] : undefined,
  };
}

// RFC 5321, 4.2.1: 4yz may go through later, 5yz will not.
function toPortError(error: unknown, server: string): PortError {
  const { code, responseCode } = readFailure(error);
  const isTimeout = code === 'ETIMEDOUT';
  const isFinal = responseCode !== undefined && responseCode >= 500;
  const kind: PortErrorKind = isTimeout ? 'timeout' : isFinal ? 'rejected' : 'unavailable';
  const said = responseCode === undefined ? code : `it answered ${responseCode} (${code})`;
  return new PortError({
    ...{ system: 'smtp', kind, cause: error },
    ...(responseCode === undefined ? {} : { status: responseCode }),
    message: `The mail server ${server} did not take the mail: ${isTimeout ? 'it did not answer in time' : said}`,
  });
}
