import { sceneGraph, type SceneObject } from '@grafana/scenes';
import type { TimeRangeQuery } from '@loghunter/contracts';

/** The time range that applies to an object, as the API takes it: milliseconds since 1970. */
export function requestRangeOf(object: SceneObject): Required<TimeRangeQuery> {
  const { from, to } = sceneGraph.getTimeRange(object).state.value;
  return { from: String(from.valueOf()), to: String(to.valueOf()) };
}

/** Lets a range that ends now end at this moment, for all that depend on it. False: it is written out and stays. */
export function moveRangeOn(object: SceneObject): boolean {
  const range = sceneGraph.getTimeRange(object);
  if (range.state.to !== 'now') {
    return false;
  }
  range.onRefresh();
  return true;
}

/** Calls back whenever the range that applies to an object changes; a refresh moves a relative range without choosing another. */
export function subscribeToRange(object: SceneObject, handleChange: (isRefresh: boolean) => void) {
  return sceneGraph.getTimeRange(object).subscribeToState((now, before) => {
    if (now.value !== before.value) {
      handleChange(now.from === before.from && now.to === before.to);
    }
  });
}
