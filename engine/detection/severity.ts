/** How bad an event is: 0 nothing, 1 LOW, 2 MEDIUM, 3 HIGH, 4 CRITICAL. */
export type Severity = 0 | 1 | 2 | 3 | 4;

/** What kind of deviation an event is. */
export type DeviationKind = 'spike' | 'dip' | 'silence' | 'errors';

/** One window's deviation from the baseline. */
export interface Deviation {
  readonly kind: DeviationKind;
  /** -log10 of the probability of so large a deviation in a normal week's minute. */
  readonly evidence: number;
  readonly observed: number;
  readonly expected: number;
  /** First minute of the window. */
  readonly fromMinute: number;
  /** Minute after its last. */
  readonly endMinute: number;
}

/**
 * Evidence from which on an event opens. A series has some 20,000 nearly independent tests a week (minutes, windows and
 * kinds overlap): at 10^-5.5 one false event in about fifteen weeks where the model holds.
 */
const lowEvidence = 5.5;
const mediumEvidence = 7;
const highEvidence = 9;
const criticalEvidence = 25;

/**
 * Severity from evidence and size together: a certain deviation of five lines wakes nobody.
 * @param bar - evidence beyond the usual that is asked for, as many series watched at once need; below 0 asks for less
 */
export function rate(deviation: Deviation, bar = 0): Severity {
  const { kind, observed, expected } = deviation;
  const evidence = deviation.evidence - bar;
  if (evidence < lowEvidence) {
    return 0;
  }
  const extra = Math.abs(observed - expected);
  const ratio =
    kind === 'dip' || kind === 'silence' ? expected / Math.max(observed, 0.5) : observed / Math.max(expected, 0.5);
  if (evidence >= criticalEvidence && extra >= 200 && ratio >= 5) {
    return 4;
  }
  if (evidence >= highEvidence && extra >= 10 && ratio >= highRatios[kind]) {
    return 3;
  }
  return evidence >= mediumEvidence && extra >= 5 && ratio >= 1.5 ? 2 : 1;
}

/** How many times more or less than expected a deviation must be to wake people. */
const highRatios: Readonly<Record<DeviationKind, number>> = { spike: 2, dip: 3.5, silence: 5, errors: 3 };
