import { matcher } from './build-query.ts';
import type { LogQuery } from './log-query.ts';

// First those that Kubernetes ends the names of pods with (k8s.io/apimachinery, util/rand), so that these are shared evenly.
const letters = 'bcdfghjklmnpqrstvwxz2456789aeiouy013ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The query as `count` queries that share its streams between them by the last letter of a label's value; each stream matches exactly one. Loki finds
 * the streams of a shard in its index, so that no line is read for two shards. Shares are as even as the last letters are: names that end in a hash
 * or a number, such as pods, are. Streams without the label go to the last shard.
 * @param count - 1 to 32
 * Throws `LogqlInputError` for a name that LogQL cannot write.
 */
export function shardSelectors(query: LogQuery, labelName: string, count: number): readonly LogQuery[] {
  if (count === 1) {
    return [query];
  }
  const shardOf = (place: number) => [...letters].filter((_, index) => index % count === place).join('');
  const named = Array.from({ length: count - 1 }, (_, place) => shardOf(place));
  const matchers = [
    ...named.map((ends) => matcher(labelName, '=~', `.*[${ends}]`)),
    matcher(labelName, '!~', `.*[${named.join('')}]`),
  ];
  return matchers.map((ofShard) => ({ ...query, matchers: [...query.matchers, ofShard] }));
}
