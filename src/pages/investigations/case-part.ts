import type { Investigation } from '@loghunter/contracts';

/** What each part of an investigation's page is given. */
export interface CasePartProps {
  readonly investigation: Investigation;
  readonly timeZone: string;
  readonly onChanged: () => void;
}
