import type { MetricQuery, RangeAggregation, VectorAggregation } from '@loghunter/engine/logql';

import { notSupportedHere } from '../embedded-failure.ts';

/** Functions over series that the embedded store computes. */
export type AnswerableOperation = 'sum' | 'min' | 'max' | 'avg' | 'count';

/** A metric query that the embedded store computes. */
export type AnswerableMetric =
  | RangeAggregation
  | (Omit<VectorAggregation, 'operation' | 'of'> & {
      readonly operation: AnswerableOperation;
      readonly of: AnswerableMetric;
    });

const rangeOperations: ReadonlySet<string> = new Set(['count_over_time', 'rate', 'bytes_over_time', 'bytes_rate']);
const vectorOperations: ReadonlySet<string> = new Set<AnswerableOperation>(['sum', 'min', 'max', 'avg', 'count']);

function isAnswerableOperation(operation: string): operation is AnswerableOperation {
  return vectorOperations.has(operation);
}

/** Takes a metric query of the embedded store's subset. Throws `PortError` `not-supported` for any other. */
export function readAnswerable(query: MetricQuery): AnswerableMetric {
  switch (query.kind) {
    case 'range-aggregation':
      return readAnswerableRange(query);
    case 'vector-aggregation': {
      const { operation, of } = query;
      if (!isAnswerableOperation(operation)) {
        throw notSupportedHere(operation);
      }
      return { ...query, operation, of: readAnswerable(of) };
    }
    case 'binary-operation':
      throw notSupportedHere('arithmetic and comparison between queries');
    default:
      throw notSupportedHere(query.kind);
  }
}

function readAnswerableRange(query: RangeAggregation): RangeAggregation {
  if (!rangeOperations.has(query.operation)) {
    throw notSupportedHere(query.operation);
  }
  if (query.unwrap !== null) {
    throw notSupportedHere('unwrap');
  }
  return query;
}
