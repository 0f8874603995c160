import { compileMatcher, logQueriesOf, LogqlInputError, parseQuery } from '@loghunter/engine/logql';
import type { LabelMatcher, LogQuery, Query } from '@loghunter/engine/logql';

import { embeddedFailure, notSupportedHere } from '../embedded-failure.ts';

/** Parses a query. Throws `PortError`: `rejected` when it is no LogQL, `not-supported` when only Loki can answer it. */
export function readQuery(text: string): Query {
  const parsed = parseQuery(text);
  switch (parsed.kind) {
    case 'query':
      logQueriesOf(parsed.query).forEach(({ matchers }) => refuseUnselective(matchers));
      return parsed.query;
    case 'invalid':
      throw embeddedFailure('rejected', `parse error at character ${parsed.position + 1}: ${parsed.message}`);
    case 'not-supported':
      throw notSupportedHere(parsed.construct);
  }
}

/** Parses a query for lines. */
export function readLogQueryText(text: string): LogQuery {
  const query = readQuery(text);
  if (query.kind !== 'log') {
    throw embeddedFailure('rejected', 'the query answers with numbers, a query for lines is needed here');
  }
  return query;
}

/** Parses a selector without stages; none at all selects everything. */
export function readSelector(text: string | undefined): readonly LabelMatcher[] {
  if (text === undefined || text.trim() === '' || text.trim() === '{}') {
    return [];
  }
  const query = readLogQueryText(text);
  if (query.stages.length > 0) {
    throw embeddedFailure('rejected', `'${text}' is no stream selector`);
  }
  return query.matchers;
}

/** Loki refuses a selector that an empty label set would fulfil, and so an invalid expression. */
function refuseUnselective(matchers: readonly LabelMatcher[]): void {
  try {
    if (!matchers.map(compileMatcher).some((matches) => !matches(''))) {
      throw embeddedFailure('rejected', 'queries require at least one matcher that does not match an absent label');
    }
  } catch (error) {
    throw error instanceof LogqlInputError ? embeddedFailure('rejected', error.message, error) : error;
  }
}
