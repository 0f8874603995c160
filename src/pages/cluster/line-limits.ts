/** Lines per request: a screenful first, then what the server gives at most. */
export const firstLineLimit = 50;
export const mostLineLimit = 500;
const laterLimits = [200, mostLineLimit];

/** The next larger number of lines to ask for, if the server gives more. */
export function nextLineLimit(limit: number): number | undefined {
  return laterLimits.find((larger) => larger > limit);
}
