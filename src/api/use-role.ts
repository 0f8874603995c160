import type { Role } from '@loghunter/contracts';
import { useSyncExternalStore } from 'react';
import { serverClient } from './server-client';

/** Lowest first; `operator` has no counterpart in Grafana. */
const ranks: readonly Role[] = ['viewer', 'editor', 'admin', 'operator'];

/** Short enough that buttons come back to life soon after the server does. */
const retryMs = 5000;

let answered: Role | undefined;
let isAsking = false;
let retry: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** The role that the server gives to whoever looks; it is the one that counts, whatever Grafana calls them. */
async function ask(): Promise<void> {
  if (answered !== undefined || isAsking) {
    return;
  }
  isAsking = true;
  clearTimeout(retry);
  try {
    answered = (await serverClient().getIdentity({})).role;
    listeners.forEach((tell) => tell());
  } catch {
    // What the page itself asks for tells what is wrong; without a role it would stay locked after that is mended.
    retry = listeners.size > 0 ? setTimeout(() => void ask(), retryMs) : undefined;
  } finally {
    isAsking = false;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  void ask();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearTimeout(retry);
    }
  };
}

/** Whether whoever looks may do what needs a role; undefined until the server has answered. */
export function useMay(needed: Role): boolean | undefined {
  const role = useSyncExternalStore(subscribe, () => answered);
  return role === undefined ? undefined : ranks.indexOf(role) >= ranks.indexOf(needed);
}
