import type { LogQuery } from '@loghunter/contracts';
import { matcher, printQuery, selector, type LabelMatcher } from '@loghunter/engine/logql';
import { labelOf, serviceOf, type Labels, type ServiceSettings } from '@loghunter/engine/records';
import type { MinuteRange } from '@loghunter/ports';
import { presentRange } from '../http/time-range.ts';

/** LogQL of a service's lines: its streams by the labels that name service and namespace. Empty when it has no streams left. */
export function serviceQuery(streams: readonly Labels[], settings: ServiceSettings, range: MinuteRange): LogQuery {
  const matchers = matchersOf(streams, settings);
  const expression = matchers.length === 0 ? '' : printQuery(selector(...matchers));
  const isExact = streams.every((labels) => matchers.every(({ name, value }) => valueOf(labels, name) === value));
  return { expression, range: presentRange(range), isExact };
}

function matchersOf(streams: readonly Labels[], settings: ServiceSettings): readonly LabelMatcher[] {
  const [labels] = streams;
  if (labels === undefined) {
    return [];
  }
  const { service, namespace } = serviceOf(labels, settings);
  const named = [
    [settings.serviceLabels, service],
    [settings.namespaceLabels, namespace],
  ] as const;
  return named.flatMap(([names, value]) => {
    const name = names.find((candidate) => valueOf(labels, candidate) === value);
    return name === undefined ? [] : [matcher(name, '=', value)];
  });
}

function valueOf(labels: Labels, name: string): string | undefined {
  return labelOf(labels, name)?.trim();
}
