import type { Carried } from './page-address';
import { filterOfLabels } from './stream-matchers';

const hourMs = 3_600_000;

/**
 * Reads what Grafana tells of an alert instance: `{ instance: { labels, activeAt }, rule }`. Its types are core's own, so nothing is taken
 * for granted. The range begins an hour before the alert became active, because causes come first.
 */
export function readAlert(context: unknown, nowMs: number): Carried {
  const instance = field(context, 'instance');
  const labels = field(instance, 'labels');
  const activeAtMs = Date.parse(String(field(instance, 'activeAt')));
  const texts = Object.entries(isObject(labels) ? labels : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string'
  );
  const range =
    Number.isFinite(activeAtMs) && activeAtMs <= nowMs
      ? { from: String(activeAtMs - hourMs), to: String(nowMs) }
      : { from: 'now-1h', to: 'now' };
  return { filter: filterOfLabels(Object.fromEntries(texts)), dataSourceUid: lokiOfRule(context), range };
}

/** The data source of the rule's first query, when the rule is Grafana's own and asks Loki. */
function lokiOfRule(context: unknown): string | undefined {
  const queries = field(field(field(field(context, 'rule'), 'rulerRule'), 'grafana_alert'), 'data');
  for (const query of Array.isArray(queries) ? queries : []) {
    const source = field(field(query, 'model'), 'datasource');
    const uid = field(source, 'uid');
    if (field(source, 'type') === 'loki' && typeof uid === 'string') {
      return uid;
    }
  }
  return undefined;
}

function field(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
