import type { TenantDetector } from '@loghunter/engine/detection';
import type { DetectionRun } from '@loghunter/ports';
import type { KnownCounts } from './ledger-marks.ts';

/** Nothing new for so long means that the log store, or the way to it, is silent. */
const staleMs = 5 * 60_000;

/** What is said of a run that has judged all there is: what is not judged, and since when. */
export function describeRun(
  { marks, behind, behindNames }: Pick<KnownCounts, 'marks' | 'behind' | 'behindNames'>,
  nowMs: number,
  detector: Pick<TenantDetector, 'isCrowded' | 'maxServices'> | undefined
): Pick<DetectionRun, 'status' | 'statusDetail'> {
  const since = (ms: number) => new Date(ms).toISOString();
  if (nowMs - marks.toMs > staleMs) {
    const statusDetail = `Nothing after ${since(marks.toMs)} has been read from the log store: no anomaly can be told of since then`;
    return { status: 'no-data', statusDetail };
  }
  if (behind.size > 0) {
    const names = behindNames.join(', ');
    const statusDetail = `Nothing after ${since(Math.min(...behind.values()))} has been read by ${names}: no anomaly of its services can be told of since then`;
    return { status: 'watching', statusDetail };
  }
  if (detector?.isCrowded === true) {
    const most = detector.maxServices.toLocaleString('en-US');
    const statusDetail = `Nearly ${most} services, and no more than that are watched: those that logged for less than two days make room first, and new ones may find none`;
    return { status: 'watching', statusDetail };
  }
  return { status: 'watching', statusDetail: '' };
}
