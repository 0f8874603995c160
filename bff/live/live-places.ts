import { ProblemError } from '../http/problem-error.ts';

/** Open streams of a tenant in this process. Each open tab has one: as many as no team has, and few enough that a mishap leaves memory. */
export const maxLiveStreams = 500;

/** Places for the open streams of all tenants. */
export interface LivePlaces {
  /** Takes a place; returns what gives it back, to be called once. Throws `ProblemError` `rate-limited` when the tenant has none left. */
  take(tenantId: string): () => void;
}

/** Places that are all free. */
export function createLivePlaces(): LivePlaces {
  const counts = new Map<string, number>();
  return {
    take(tenantId) {
      const count = counts.get(tenantId) ?? 0;
      if (count >= maxLiveStreams) {
        const detail = `${maxLiveStreams} live streams of your tenant are open already: close one, such as a tab.`;
        throw new ProblemError('rate-limited', detail);
      }
      counts.set(tenantId, count + 1);
      return () => {
        const left = (counts.get(tenantId) ?? 1) - 1;
        if (left > 0) {
          counts.set(tenantId, left);
        } else {
          counts.delete(tenantId);
        }
      };
    },
  };
}
