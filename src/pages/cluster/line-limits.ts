/** Lines per request: a screenful first, then what the server gives at most. */
export const firstLineLimit = 50;
const laterLimits = [200, 500];

/** The next larger number of lines to ask for, if the server gives more. */
export function nextLineLimit(limit: number): number | undefined {
  return laterLimits.find((larger) => larger > limit);
}
