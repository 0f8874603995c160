import { floorMinute } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';

/** Everything before this is complete, but for lines that come later than the allowance. */
export function closedBefore(context: ScanContext): number {
  return floorMinute(context.clock.nowMs() - context.settings.latenessMs);
}
