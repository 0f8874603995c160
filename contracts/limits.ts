/** Days of a request's range at most. */
export const maxRangeDays = 31;
