import type { RequestOf, ResponseOf, RouteId, routes } from '@loghunter/contracts';
import type { Principal } from './principal.ts';

/** What a handler knows of the call beside its validated parameters. */
export interface CallContext {
  readonly requestId: string;
  /** Who calls, and for which tenant; its role has been checked against the route's. */
  readonly principal: Principal;
  /** Of a stream that is opened again: the id of the last event that the client had. */
  readonly lastEventId?: string;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
}

/** What a handler answers: one value, or one after the other where the row says so. */
export type AnswerOf<Id extends RouteId> = (typeof routes)[Id] extends { readonly produces: string }
  ? AsyncIterable<ResponseOf<Id>>
  : ResponseOf<Id>;

/** Answers one row of the route table; throws `ProblemError` or `PortError`. */
export type RouteHandler<Id extends RouteId> = (request: RequestOf<Id>, context: CallContext) => Promise<AnswerOf<Id>>;

/** One handler for every row of the route table. */
export type RouteHandlers = { readonly [Id in RouteId]: RouteHandler<Id> };

/** Makes a handler of a function that answers with the features of the caller's tenant. */
export type ForTenant<Features> = <Request, Answer>(
  answer: (features: Features, request: Request, context: CallContext) => Promise<Answer>
) => (request: Request, context: CallContext) => Promise<Answer>;
