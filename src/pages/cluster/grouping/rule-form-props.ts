import type { GetClusterResponse, NewClusterRule, TimeRangeQuery } from '@loghunter/contracts';

/** What each form gets, and tells: the rule as it stands now; undefined while it is not whole. */
export interface RuleFormProps {
  readonly answer: GetClusterResponse;
  readonly range: Required<TimeRangeQuery>;
  readonly onChange: (rule: NewClusterRule | undefined) => void;
}
