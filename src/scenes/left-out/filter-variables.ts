// Stands in the bundle for the variables of Scenes with which dashboards filter and group (see webpack.config.ts): LogHunter has none of
// them, and they bring 150 KB of editor. Scenes only asks whether a variable is one.

export class AdHocFiltersVariable {}

export class GroupByVariable {}

// Called for filters of such variables only: there is none.
const never = () => false;

export const isFilterComplete = never;
export const isFilterApplicable = never;
export const isGroupByFilter = never;
export const isMatchAllFilter = never;
