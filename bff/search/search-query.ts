import type { RequestOf } from '@loghunter/contracts';
import {
  anyOf,
  guardQuery,
  lineFilter,
  matcher,
  parseQuery,
  printQuery,
  selector,
  withStages,
  type LabelMatcher,
} from '@loghunter/engine/logql';
import type { MinuteRange } from '@loghunter/ports';
import { matchStreams } from '../events/match-streams.ts';
import { ProblemError } from '../http/problem-error.ts';
import { forcedMatchersOf, queryLimits } from '../queries/query-policy.ts';
import type { SearchFeature } from './search-feature.ts';

type Request = RequestOf<'searchLogs'>;

/** Streams looked at to find what they have in common; more than these are looked for by their service's label. */
const maxStreams = 2000;
/** More values than this in one matcher cost Loki more than the matcher saves. */
const maxAlternatives = 20;

/** The query of a search, and whether the ledger counts exactly the lines that it goes through. */
export interface SearchQuery {
  readonly text: string;
  readonly isCounted: boolean;
}

/** The LogQL of a request, bound to what the caller may read. Throws `ProblemError` `query-rejected`. */
export async function buildSearchQuery(
  feature: SearchFeature,
  request: Request,
  range: MinuteRange
): Promise<SearchQuery> {
  if (request.query !== undefined) {
    return { text: guard(feature, requireLogQuery(request)), isCounted: false };
  }
  const { matchers, isCounted } = await findMatchers(feature, request, range);
  const { text = '' } = request;
  const stages = text === '' ? [] : [lineFilter('|~', `(?i)${anyOf(text)}`)];
  return { text: guard(feature, printQuery(withStages(selector(...matchers), ...stages))), isCounted };
}

function requireLogQuery({ query = '', text }: Request): string {
  if (text !== undefined) {
    const message = 'write it into the query, such as |= "text"';
    throw new ProblemError('invalid-request', `body.text: ${message}`, { errors: [{ path: 'body.text', message }] });
  }
  const parsed = parseQuery(query);
  if (parsed.kind === 'query' && parsed.query.kind !== 'log') {
    throw rejected([{ message: 'This query answers numbers; a search needs one that answers lines.' }]);
  }
  return query;
}

/** The query as the caller may run it. Throws `ProblemError` `query-rejected`. */
export function guard(feature: SearchFeature, query: string): string {
  const guarded = guardQuery(query, { ...queryLimits, forced: forcedMatchersOf(feature, []) });
  if (guarded.kind === 'refused') {
    throw rejected(guarded.refusals);
  }
  return guarded.text;
}

function rejected(refusals: ReadonlyArray<{ readonly message: string }>): ProblemError {
  const errors = refusals.map(({ message }) => ({ path: 'body.query', message }));
  return new ProblemError('query-rejected', refusals.map(({ message }) => message).join('; '), { errors });
}

/** Matchers of the streams of a request in a range, and whether the ledger counts exactly these. */
export async function findMatchers(
  { tenantId, clusters, services }: SearchFeature,
  request: Pick<Request, 'service' | 'namespace'>,
  range: MinuteRange
): Promise<{ readonly matchers: readonly LabelMatcher[]; readonly isCounted: boolean }> {
  const wanted = request.service ?? [];
  const filter = { range, services: wanted, namespaces: request.namespace ?? [] };
  const streams = await clusters.listSourceStreams(tenantId, filter, maxStreams);
  const common = streams.length < maxStreams ? matchStreams(streams, maxAlternatives) : [];
  if (common.length > 0) {
    // Pods, nodes and versions come and go: the values that were counted would leave out those that came since.
    const names = new Set([...services.serviceLabels, ...services.namespaceLabels]);
    const lasting = common.filter(({ name, operator }) => operator === '=' || names.has(name));
    return { matchers: lasting.length > 0 ? lasting : common, isCounted: true };
  }
  // Nothing was counted here, or the streams have nothing in common: their service's first label is the best guess.
  const [label = 'service_name'] = services.serviceLabels;
  const value = wanted.length === 0 ? '.+' : anyOf(...wanted);
  return { matchers: [matcher(label, '=~', value)], isCounted: false };
}
