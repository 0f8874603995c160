// One series of a tenant with all that watches it: the detector of counts, of newness, and of shares after a deploy.
import type { Level } from '../severity/index.ts';
import { CountDetector, type MinuteCounts, type Verdict } from './count-detector.ts';
import type { EventChange, SeriesSubject } from './event-change.ts';
import { upperTailEvidence } from './negative-binomial.ts';
import { Newness, type NewEvents } from './newness.ts';
import type { Severity } from './severity.ts';
import { StateReader, StateWriter } from './state-numbers.ts';

/** More of a mild cluster's lines is a matter of traffic, mostly: nobody is woken for it. */
const mildLevels: ReadonlySet<Level> = new Set(['info', 'debug', 'trace', 'unknown']);
const levels: readonly Level[] = ['unknown', 'trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const stateVersion = 1;
const noVerdict: Verdict = { severity: 0, event: 0, deviation: undefined };

/** A minute of a series. */
export interface SeriesMinute {
  readonly minute: number;
  readonly offset: number;
  /** Null: the collector has none for it. */
  readonly counts: MinuteCounts | null;
  /** Of a cluster that is young; null for every other. */
  readonly newEvents: NewEvents | null;
  readonly level: Level | null;
}

/** A change of a cluster's share after a deploy, as it was found. */
export interface ShareFinding {
  readonly severity: Exclude<Severity, 0>;
  readonly evidence: number;
  readonly observed: number;
  readonly expected: number;
  readonly deployMinute: number;
  readonly version: string;
  readonly atMinute: number;
  /** It is told of until then. */
  readonly endMinute: number;
}

/** Watches one series. Pure state: the same minutes in the same order give the same changes. */
export class WatchedSeries {
  readonly subject: SeriesSubject;
  readonly detector = new CountDetector();
  /** Null once it is old, and for services. */
  newness: Newness | null;
  share: ShareFinding | null = null;
  /** Minutes before this were taken in. */
  resumeMinute = -1;
  private level: Level = 'unknown';
  private verdict: Verdict = noVerdict;
  private toldSeverity: Severity = 0;
  private lastActiveMinute = -1;
  private firstMinute = -1;

  constructor(subject: SeriesSubject) {
    this.subject = subject;
    this.newness = subject.clusterId === null ? null : new Newness();
  }

  /** Last minute with a count; -1 before the first. */
  get activeMinute(): number {
    return this.lastActiveMinute;
  }

  /** First minute that was taken in; -1 before the first. */
  get sinceMinute(): number {
    return this.firstMinute;
  }

  /** Most severe level that it had so far. */
  get levelSeen(): Level {
    return this.level;
  }

  /** Whether something goes on. */
  get isOpen(): boolean {
    return this.toldSeverity > 0 || (this.newness?.severity ?? 0) > 0 || this.share !== null;
  }

  /** What goes on, by what names it. */
  get openEvents(): ReadonlyArray<Pick<EventChange, 'detector' | 'openedMinute'>> {
    const { detector, newness, share } = this;
    return [
      ...(this.toldSeverity > 0 ? [{ detector: 'counts' as const, openedMinute: detector.openedMinute }] : []),
      ...((newness?.severity ?? 0) > 0
        ? [{ detector: 'newness' as const, openedMinute: newness?.openedMinute ?? -1 }]
        : []),
      ...(share === null ? [] : [{ detector: 'share' as const, openedMinute: share.atMinute }]),
    ];
  }

  /** Has what goes on be the event that was opened at another minute, as when late lines have it open at one that was not then. */
  renameEvent(detector: EventChange['detector'], openedMinute: number): void {
    if (detector === 'counts') {
      this.detector.renameEvent(openedMinute);
    } else if (detector === 'newness' && this.newness !== null) {
      this.newness.openedMinute = openedMinute;
    } else if (this.share !== null) {
      this.share = { ...this.share, atMinute: openedMinute };
    }
  }

  /** Whether late counts of a minute matter to it. */
  get hasMinutes(): boolean {
    return this.firstMinute >= 0;
  }

  /** Takes the next minute in. */
  observe(minute: SeriesMinute): readonly EventChange[] {
    const at = minute.minute;
    if (at < this.resumeMinute) {
      return [];
    }
    this.resumeMinute = at + 1;
    this.firstMinute = this.firstMinute < 0 ? at : this.firstMinute;
    if (minute.counts !== null && minute.counts.total > 0) {
      this.lastActiveMinute = at;
    }
    if (minute.level !== null && levels.indexOf(minute.level) > levels.indexOf(this.level)) {
      this.level = minute.level;
    }
    const changes = this.judgeCounts(at, this.detector.observe(at, minute.counts, minute.offset));
    return [...changes, ...this.judgeNewness(minute), ...this.endShare(at)];
  }

  /** Whether a minute that it has taken in had these counts; true of one that it has not, as of a service that is behind. */
  holds(minute: number, counts: MinuteCounts): boolean {
    return minute >= this.resumeMinute || this.detector.holds(minute, counts);
  }

  /** Takes the late lines of an earlier minute in. */
  revise(minute: number, counts: MinuteCounts, offset: number, now: number): readonly EventChange[] {
    // Of a service that is behind: the minute has not been taken in at all.
    return minute < this.resumeMinute ? this.judgeCounts(now, this.detector.observe(minute, counts, offset)) : [];
  }

  /** Takes a changed share in, unless one is told of already. */
  tellShare(finding: ShareFinding): readonly EventChange[] {
    if (this.share !== null) {
      return [];
    }
    this.share = finding;
    return [this.shareChange('opened', finding, finding.atMinute)];
  }

  private judgeCounts(at: number, verdict: Verdict): readonly EventChange[] {
    const before = this.verdict;
    const deviation = verdict.deviation ?? before.deviation;
    if (deviation === undefined) {
      return [];
    }
    if (verdict.severity === 0) {
      const told = this.toldSeverity;
      this.verdict = noVerdict;
      this.toldSeverity = 0;
      return told === 0 ? [] : [this.countChange('closed', { ...before, deviation }, told, at)];
    }
    const severity = this.capped(verdict);
    const previous = this.toldSeverity;
    this.verdict = verdict;
    if (severity <= previous) {
      return [];
    }
    this.toldSeverity = severity;
    return [this.countChange(previous === 0 ? 'opened' : 'raised', { ...verdict, deviation }, severity, at)];
  }

  private capped({ severity, deviation }: Verdict): Severity {
    const isMild = this.subject.clusterId !== null && mildLevels.has(this.level) && deviation?.kind !== 'silence';
    return isMild && severity > 2 ? 2 : severity;
  }

  private countChange(
    change: EventChange['change'],
    { deviation }: Verdict & { readonly deviation: NonNullable<Verdict['deviation']> },
    severity: Severity,
    at: number
  ): EventChange {
    const hasEnded = change === 'closed';
    const isStep = hasEnded && this.detector.endedAs === 'step' && deviation.kind !== 'errors';
    const isCluster = this.subject.clusterId !== null;
    return {
      ...{ change, subject: this.subject, detector: 'counts', kind: isStep ? 'step' : deviation.kind },
      metric: isCluster ? 'cluster' : deviation.kind === 'errors' ? 'errors' : 'volume',
      severity: atLeastOne(severity),
      ...{ evidence: deviation.evidence, observed: deviation.observed, expected: deviation.expected },
      ...{ startMinute: deviation.fromMinute, windowEndMinute: deviation.endMinute },
      ...{ openedMinute: this.detector.openedMinute, atMinute: at, endMinute: hasEnded ? at : null },
      isWithdrawn: hasEnded && this.detector.endedAs === 'withdrawn',
      isGivenUp: hasEnded && this.detector.endedAs === 'silent',
      ...{ streamCount: null, version: null },
    };
  }

  private judgeNewness({ minute, newEvents }: SeriesMinute): readonly EventChange[] {
    const { newness } = this;
    if (newness === null) {
      return [];
    }
    const before = newness.severity;
    const { openedMinute } = newness;
    const events = newEvents ?? noEvents;
    const after = newness.observe(minute, events);
    const change = after === before ? null : after === 0 ? 'closed' : before === 0 ? 'opened' : 'raised';
    const changes =
      change === null
        ? []
        : [this.newnessChange(change, newness, atLeastOne(after === 0 ? before : after), openedMinute, events, minute)];
    if (newness.hasEnded) {
      this.newness = null;
    }
    return changes;
  }

  private newnessChange(
    change: EventChange['change'],
    newness: Newness,
    severity: Exclude<Severity, 0>,
    openedBefore: number,
    events: NewEvents,
    at: number
  ): EventChange {
    // As many as its kind had since reading began: none. A rate of one in all that time is the most that speaks for it.
    const expected = Math.max(newness.minuteCount, 1) / Math.max(events.readMinutes, 1440);
    return {
      ...{ change, subject: this.subject, detector: 'newness', kind: 'new', metric: 'cluster', severity },
      evidence: upperTailEvidence(newness.eventCount, expected, expected),
      ...{ observed: newness.eventCount, expected: 0, startMinute: newness.first },
      openedMinute: change === 'closed' ? openedBefore : newness.openedMinute,
      windowEndMinute: change === 'closed' ? newness.lastMinute + 1 : at + 1,
      ...{ atMinute: at, endMinute: change === 'closed' ? newness.lastMinute + 1 : null, isWithdrawn: false },
      ...{ isGivenUp: false, streamCount: newness.streamCount, version: null },
    };
  }

  private endShare(at: number): readonly EventChange[] {
    const { share } = this;
    if (share === null || at < share.endMinute) {
      return [];
    }
    this.share = null;
    return [this.shareChange('closed', share, at)];
  }

  private shareChange(change: EventChange['change'], finding: ShareFinding, at: number): EventChange {
    return {
      ...{ change, subject: this.subject, detector: 'share', kind: 'share', metric: 'cluster' },
      ...{ severity: finding.severity, evidence: finding.evidence, observed: finding.observed },
      ...{ expected: finding.expected, startMinute: finding.deployMinute, windowEndMinute: finding.atMinute + 1 },
      ...{ openedMinute: finding.atMinute, atMinute: at, endMinute: change === 'closed' ? at : null },
      ...{ isWithdrawn: false, isGivenUp: false, streamCount: null, version: finding.version },
    };
  }

  /** Everything that is known, as numbers; the version of a deploy is lost. */
  save(): Float64Array {
    const writer = new StateWriter();
    writer.add(stateVersion, levels.indexOf(this.level), this.toldSeverity, this.lastActiveMinute, this.firstMinute);
    writer.add(this.verdict.severity, this.verdict.event);
    this.detector.save(writer);
    writer.add(this.newness === null ? 0 : 1);
    this.newness?.save(writer);
    saveShare(writer, this.share);
    this.detector.saveLater(writer);
    return writer.finish();
  }

  /** Goes on from a saved state; false when that is of another version and nothing was taken over. */
  restore(values: Float64Array): boolean {
    const reader = new StateReader(values);
    if (reader.next() !== stateVersion) {
      return false;
    }
    this.level = levels[reader.next()] ?? 'unknown';
    this.toldSeverity = reader.next() as Severity;
    this.lastActiveMinute = reader.next();
    this.firstMinute = reader.next();
    const [severity, event] = [reader.next() as Severity, reader.next()];
    this.detector.restore(reader);
    this.newness = reader.next() === 1 ? new Newness() : null;
    this.newness?.restore(reader);
    this.share = readShare(reader);
    this.detector.restoreLater(reader);
    this.verdict = { severity, event, deviation: this.detector.openDeviation };
    return true;
  }
}

const noEvents: NewEvents = {
  ...{ eventCount: 0, level: 'unknown', streamCount: 0, firstMinute: -1, readMinutes: 0, isAfterDeploy: false },
};

function saveShare(writer: StateWriter, share: ShareFinding | null): void {
  writer.add(share?.severity ?? 0, share?.evidence ?? 0, share?.observed ?? 0, share?.expected ?? 0);
  writer.add(share?.deployMinute ?? 0, share?.atMinute ?? 0, share?.endMinute ?? 0);
}

function readShare(reader: StateReader): ShareFinding | null {
  const severity = reader.next() as Severity;
  const [evidence, observed, expected] = [reader.next(), reader.next(), reader.next()];
  const [deployMinute, atMinute, endMinute] = [reader.next(), reader.next(), reader.next()];
  return severity === 0
    ? null
    : { severity, evidence, observed, expected, deployMinute, atMinute, endMinute, version: '' };
}

function atLeastOne(severity: Severity): Exclude<Severity, 0> {
  return severity === 0 ? 1 : severity;
}
