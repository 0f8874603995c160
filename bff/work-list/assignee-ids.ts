/** Ids that a list is narrowed to, of what a request says: `me` is the caller, `none` (null) nobody. */
export function readAssigneeIds(given: readonly string[] | undefined, actorId: string): ReadonlyArray<string | null> {
  return (given ?? []).map((id) => (id === 'none' ? null : id === 'me' ? actorId : id));
}
