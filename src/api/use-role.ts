import type { Role } from '@loghunter/contracts';
import { useEffect, useState } from 'react';
import { serverClient } from './server-client';

/** Lowest first; `operator` has no counterpart in Grafana. */
const ranks: readonly Role[] = ['viewer', 'editor', 'admin', 'operator'];

let known: Promise<Role> | undefined;
let answered: Role | undefined;

/** The role that the server gives to whoever looks; it is the one that counts, whatever Grafana calls them. */
function readRole(): Promise<Role> {
  known ??= serverClient()
    .getIdentity({})
    .then(({ role }) => (answered = role));
  // A failed call is not remembered: the next page asks again.
  known.catch(() => (known = undefined));
  return known;
}

/** Whether whoever looks may do what needs a role; undefined until the server has answered. */
export function useMay(needed: Role): boolean | undefined {
  const [role, setRole] = useState(answered);
  useEffect(() => {
    let isCurrent = true;
    readRole().then(
      (answer) => isCurrent && setRole(answer),
      () => undefined
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return role === undefined ? undefined : ranks.indexOf(role) >= ranks.indexOf(needed);
}
