import { useAction, type Action } from '../../api/use-action';

/** A place on a page where people do one of several things at a time. */
export type Work = Action<[work: () => Promise<unknown>]>;

export function useWork(): Work {
  return useAction((work: () => Promise<unknown>) => work());
}
