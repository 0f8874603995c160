import { upgradeWebSocket } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { WebSocketServer, type WebSocket } from 'ws';

/** Reads a tail's parameters (and refuses bad ones by throwing), then sends messages until it is ended. */
export type LokiTail = (parameters: URLSearchParams) => (send: (message: string) => void) => () => void;

/** What a client that reads too slowly may leave unread before its connection is closed. */
const maxUnreadBytes = 4 * 1024 * 1024;
/** Clients of a tail have nothing to say. */
const maxMessageBytes = 1024;
/** WebSocket close code: try again later (RFC 6455 and IANA's registry). */
const tryAgainLater = 1013;

/** The WebSocket side of the HTTP server. */
export function createWebSocketServer(): WebSocketServer {
  return new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
}

/** Answers `GET /loki/api/v1/tail` of a WebSocket client; lets any other request pass. */
export function lokiTailing(tail: LokiTail): MiddlewareHandler {
  return upgradeWebSocket((c) => {
    const startTail = tail(new URL(c.req.url).searchParams);
    let stop: (() => void) | undefined;
    return {
      onOpen(_event, socket) {
        stop = startTail((message) => {
          if (unreadBytes(socket.raw) > maxUnreadBytes) {
            stop?.();
            socket.close(tryAgainLater, 'The client reads too slowly.');
            return;
          }
          socket.send(message);
        });
      },
      onClose: () => stop?.(),
      onError: () => stop?.(),
    };
  });
}

function unreadBytes(socket: object | undefined): number {
  const { bufferedAmount = 0 }: Partial<Pick<WebSocket, 'bufferedAmount'>> = socket ?? {};
  return bufferedAmount;
}
