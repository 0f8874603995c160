// Mail over a real SMTP server, with its logins and its TLS.
import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createSmtpSender } from '@loghunter/adapters/smtp';
import { createCertificate, type Certificate } from '../servers/certificates.ts';

const never = new AbortController().signal;
const mail = {
  id: 'b3c6ab1e-5f4e-4f9c-9d0e-2f8c1a7d5e10',
  recipients: ['on-call@example.com'],
  subject: '[HIGH] Incident opened: Kasse fällt aus\r\nBcc: everybody@example.com',
  text: 'Größe: 40 mal so viele\n.\nEnde',
  html: '<p>Größe</p>',
};

interface Received {
  readonly text: string;
  readonly isSecure: boolean;
  readonly user: string | undefined;
  readonly recipients: readonly string[];
}

describe('mail over SMTP', () => {
  let certificate: Certificate;
  beforeAll(async () => {
    certificate = await createCertificate();
  });

  async function serve(options: SMTPServerOptions = {}) {
    const received: Received[] = [];
    const server = new SMTPServer({
      ...certificate,
      onAuth({ username, password }, _session, callback) {
        if (username === 'loghunter@example.com' && password === 'p@ss:word') {
          callback(null, { user: username });
        } else {
          callback(new Error('wrong login'));
        }
      },
      onData(stream, session, callback) {
        const chunks: Uint8Array[] = [];
        stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        stream.on('end', () => {
          received.push(toReceived(Buffer.concat(chunks).toString('utf8'), session));
          callback();
        });
      },
      ...options,
    });
    server.on('error', () => undefined);
    const listener = server.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    const address = listener.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const login = 'loghunter%40example.com:p%40ss%3Aword';
    const senderOf = (url: string, ca: string | null = certificate.cert) =>
      createSmtpSender({
        url: url.replace('PORT', String(port)).replace('LOGIN', login),
        from: 'LogHunter <loghunter@example.com>',
        ...(ca === null ? {} : { ca }),
      });
    return { received, senderOf };
  }

  test('goes over STARTTLS with a login, with a stable id and an encoded subject, to nobody else', async () => {
    const { received, senderOf } = await serve();
    expect(await senderOf('smtp://LOGIN@localhost:PORT').send(mail, never)).toEqual({ refusedCount: 0 });
    const [got] = received;
    expect(got).toMatchObject({ isSecure: true, user: 'loghunter@example.com', recipients: mail.recipients });
    expect(got?.text).toContain(`Message-ID: <${mail.id}@example.com>`);
    expect(got?.text).toContain('Auto-Submitted: auto-generated');
    expect(got?.text).not.toMatch(/^Bcc:/im);
    expect(got?.text).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(got?.text).toMatch(/\r\nEnde/);
  });

  test('goes over TLS from the first byte', async () => {
    const { received, senderOf } = await serve({ secure: true });
    await senderOf('smtps://LOGIN@localhost:PORT').send(mail, never);
    expect(received).toMatchObject([{ isSecure: true }]);
  });

  test('is refused for good with a wrong login', async () => {
    const { received, senderOf } = await serve();
    const sending = senderOf('smtp://loghunter:wrong@localhost:PORT').send(mail, never);
    await expect(sending).rejects.toMatchObject({ system: 'smtp', kind: 'rejected', isRetryable: false });
    expect(received).toEqual([]);
  });

  test('is not said in the clear when the server has no STARTTLS, unless the operator says so', async () => {
    const { received, senderOf } = await serve({
      hideSTARTTLS: true,
      disabledCommands: ['STARTTLS'],
      authOptional: true,
    });
    await expect(senderOf('smtp://localhost:PORT').send(mail, never)).rejects.toMatchObject({ system: 'smtp' });
    expect(received).toEqual([]);
    await senderOf('smtp://localhost:PORT?starttls=never').send(mail, never);
    expect(received).toMatchObject([{ isSecure: false }]);
  });

  test('is not sent to a server whose certificate nobody trusts', async () => {
    const { received, senderOf } = await serve({ secure: true });
    const sending = senderOf('smtps://LOGIN@localhost:PORT', null).send(mail, never);
    await expect(sending).rejects.toMatchObject({ system: 'smtp', kind: 'unavailable' });
    expect(received).toEqual([]);
  });

  test('that the server puts off is to be tried again, and what it refuses is counted', async () => {
    const answers = new Map([
      ['later@example.com', 450],
      ['nobody@example.com', 550],
    ]);
    const { received, senderOf } = await serve({
      authOptional: true,
      onRcptTo({ address }, _session, callback) {
        const responseCode = answers.get(address);
        callback(responseCode === undefined ? null : Object.assign(new Error('no'), { responseCode }));
      },
    });
    const sender = senderOf('smtp://localhost:PORT');
    const to = (...recipients: string[]) => sender.send({ ...mail, recipients }, never);
    await expect(to('later@example.com')).rejects.toMatchObject({ kind: 'unavailable', isRetryable: true });
    await expect(to('nobody@example.com')).rejects.toMatchObject({ kind: 'rejected', isRetryable: false });
    expect(await to('on-call@example.com', 'nobody@example.com')).toEqual({ refusedCount: 1 });
    expect(received).toMatchObject([{ recipients: ['on-call@example.com'] }]);
  });

  test('to a server that is not there is told as unavailable', async () => {
    const sender = createSmtpSender({ url: 'smtp://127.0.0.1:9', from: 'loghunter@example.com' });
    await expect(sender.send(mail, never)).rejects.toMatchObject({ kind: 'unavailable', isRetryable: true });
  });
});

function toReceived(text: string, session: SMTPServerSession): Received {
  return {
    text,
    isSecure: session.secure,
    user: session.user === undefined ? undefined : String(session.user),
    recipients: session.envelope.rcptTo.map(({ address }) => address),
  };
}
