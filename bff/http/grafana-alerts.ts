// The receiver of Grafana's webhook contact point: the signature over the body says who calls, so it stands before all authentication.
import type { Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ProblemError } from './problem-error.ts';
import type { ServerContext } from './server-context.ts';

/** Where Grafana's alerts come in. */
export const grafanaAlertsPath = '/api/v1/alerts/grafana';

/** A hundred alerts with all their labels are some 200 KiB. */
const maxBodySizeBytes = 1024 * 1024;

/** Takes a call of Grafana's; throws `ProblemError` for one that is not signed, not new or not understood. */
export interface AlertReceiver {
  receive(call: {
    readonly headers: Headers;
    readonly body: string;
    readonly requestId: string;
  }): Promise<Readonly<Record<string, number>>>;
}

/** Binds it to its address. */
export function mountGrafanaAlerts(
  app: Hono<ServerContext>,
  receiver: AlertReceiver,
  limiting: MiddlewareHandler<ServerContext>
): void {
  const limit = bodyLimit({
    maxSize: maxBodySizeBytes,
    onError: () => {
      throw new ProblemError('payload-too-large', `The body has more than ${maxBodySizeBytes} bytes.`);
    },
  });
  app.post(grafanaAlertsPath, limiting, limit, async (c) => {
    c.set('routeId', 'grafana-alerts');
    const body = await c.req.raw.text();
    const outcome = await receiver.receive({ headers: c.req.raw.headers, body, requestId: c.get('requestId') });
    return c.json(outcome);
  });
}
