import type { SceneObjectUrlValue } from '@grafana/scenes';

/** The value of a URL key, the first when there are more. */
export function firstValue(value: SceneObjectUrlValue): string | undefined {
  return (Array.isArray(value) ? value[0] : value) ?? undefined;
}

/** All values of a URL key that are among the known ones, in the order of these. */
export function knownValues<Value extends string>(
  value: SceneObjectUrlValue,
  known: readonly Value[]
): readonly Value[] {
  const given = [value ?? []].flat();
  return known.filter((candidate) => given.includes(candidate));
}

/** The value of a URL key if it is a known one. */
export function knownValue<Value extends string>(
  value: SceneObjectUrlValue,
  known: readonly Value[]
): Value | undefined {
  return known.find((candidate) => candidate === firstValue(value));
}

/** A page number, counted from 1; whatever else stands there is the first page. */
export function pageNumber(value: SceneObjectUrlValue, lastPage: number): number {
  const page = Number(firstValue(value));
  return Number.isInteger(page) && page >= 1 && page <= lastPage ? page : 1;
}
