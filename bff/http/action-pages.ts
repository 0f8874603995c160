// Pages behind the signed buttons of messages: the address says who may do what, so they need no other credentials.
import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { ServerContext } from './server-context.ts';

/** A page as the browser gets it. */
export interface ActionPage {
  readonly status: 200 | 404 | 409 | 410;
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** Shows what a button would do, and does it. */
export interface ActionPages {
  /** Changes nothing: programs that look at links for previews come here. */
  show(token: string): Promise<ActionPage>;
  act(token: string, requestId: string): Promise<ActionPage>;
}

/** Binds both to `/actions/<token>`. */
export function mountActionPages(
  app: Hono<ServerContext>,
  pages: ActionPages,
  limiting: MiddlewareHandler<ServerContext>
): void {
  app.get('/actions/:token', limiting, async (c) => {
    c.set('routeId', 'action');
    return toResponse(c, await pages.show(c.req.param('token')));
  });
  app.post('/actions/:token', limiting, async (c) => {
    c.set('routeId', 'action');
    return toResponse(c, await pages.act(c.req.param('token'), c.get('requestId')));
  });
}

function toResponse(c: Context<ServerContext>, page: ActionPage): Response {
  return c.body(page.html, page.status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': page.contentSecurityPolicy,
    'X-Robots-Tag': 'noindex, nofollow',
  });
}
