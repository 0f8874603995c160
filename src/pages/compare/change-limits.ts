/** Changes per request: several screens first, then what the server gives at most. */
export const firstChangeLimit = 100;
const mostChangeLimit = 500;

/** The next larger number of changes to ask for, if the server gives more. */
export function nextChangeLimit(limit: number, totalCount: number): number | undefined {
  return limit < totalCount && limit < mostChangeLimit ? mostChangeLimit : undefined;
}
