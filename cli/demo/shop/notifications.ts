import { mailAddress } from './customers.ts';
import type { Moment, Visit } from './moment.ts';
import { rubyTime } from './time-text.ts';

/** Writes a line as Ruby's logger does. */
function write(
  moment: Moment,
  atMs: number,
  level: 'INFO' | 'WARN' | 'ERROR',
  message: string,
  rest: readonly string[] = []
): void {
  const severity = level === 'INFO' ? 'info' : level === 'WARN' ? 'warn' : 'error';
  moment.write(
    'notifications',
    0,
    atMs,
    severity,
    `${level[0] ?? 'I'}, [${rubyTime(atMs)} #1] ${level.padStart(5)} -- : ${message}`,
    ...rest
  );
}

/** A mail about an order, some seconds after. */
export function sendMail(visit: Visit, order: string, kind: 'order_confirmation' | 'payment_failed'): void {
  const { moment } = visit;
  const { random } = moment;
  const atMs = visit.atMs + random.latencyMs(1800);
  write(
    moment,
    atMs,
    'INFO',
    `sent ${kind} for order ${order} to ${mailAddress(random)} in ${random.integer(40, 600)}ms`
  );
  if (random.chance(0.008)) {
    const place = "/usr/local/lib/ruby/3.4.0/net/smtp.rb:1071:in 'Net::SMTP#check_response'";
    write(
      moment,
      atMs + 40,
      'ERROR',
      `${kind} not delivered: ${place}: 451 4.7.1 try again later (Net::SMTPServerBusy)`,
      [
        "\tfrom /usr/local/lib/ruby/3.4.0/net/smtp.rb:901:in 'Net::SMTP#rcptto'",
        "\tfrom /app/lib/mailer/delivery.rb:38:in 'Mailer::Delivery#deliver'",
        "\tfrom /app/lib/mailer/queue.rb:21:in 'block in Mailer::Queue#drain'",
      ]
    );
  }
}

/** How many mails wait. */
export function logQueue(moment: Moment): void {
  const waiting = Math.round(moment.random.integer(0, 40) * (1 + 5 * moment.trouble.checkout));
  write(
    moment,
    moment.nowMs + 5,
    waiting > 120 ? 'WARN' : 'INFO',
    `queue mail: ${waiting} waiting, oldest ${moment.random.integer(0, 30)}s`
  );
}
