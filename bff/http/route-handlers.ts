import type { RequestOf, ResponseOf, RouteId } from '@loghunter/contracts';
import type { Principal } from './principal.ts';

/** What a handler knows of the call beside its validated parameters. */
export interface CallContext {
  readonly requestId: string;
  /** Who calls, and for which tenant; its role has been checked against the route's. */
  readonly principal: Principal;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** Answers one row of the route table; throws `ProblemError` or `PortError`. */
export type RouteHandler<Id extends RouteId> = (
  request: RequestOf<Id>,
  context: CallContext
) => Promise<ResponseOf<Id>>;

/** One handler for every row of the route table. */
export type RouteHandlers = { readonly [Id in RouteId]: RouteHandler<Id> };
