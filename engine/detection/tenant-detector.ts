// Watches all series of a tenant, minute by minute. Pure state, no clock: live, history and rehearsal are the same code.
import type { Level } from '../severity/index.ts';
import type { EventChange, SeriesSubject } from './event-change.ts';
import { newMinutes, type NewEvents } from './newness.ts';
import { findGrownShares, shareAfterMinutes, shareBeforeMinutes, shareToldMinutes } from './share-change.ts';
import { WatchedSeries } from './watched-series.ts';

/** The thresholds of a single series hold for so many of them; more series are asked for more evidence each. */
const seriesOfOneBar = 40;
/** Evidence that each sensitivity asks for beyond the usual, 1 to 5. */
const sensitivityBars: readonly number[] = [4, 2, 0, -0.8, -1.5];
/** A series that was quiet for so long is forgotten. */
const forgottenMinutes = 14 * 1440;
const hourMinutes = 60;
/** Services that are watched at most: 70 MB of memory. Jobs that are named anew at each run would be services without end. */
const mostServices = 4000;
/** A service that logged for a shorter time is forgotten first: nothing is told of its counts before. */
const briefMinutes = 2 * 1440;
/** So much room is made at once, so that it is not sought each minute. */
const roomShare = 0.1;

/** A service's counts of a minute. */
export interface ServiceFacts {
  readonly subject: SeriesSubject;
  readonly lineCount: number;
  /** Null: nobody knows; counts from before the ledger, of lines that tell no level. */
  readonly errorCount: number | null;
  /** False: lines are known to be missing. */
  readonly isComplete: boolean;
}

/** A cluster's events of a minute. */
export interface ClusterFacts {
  readonly subject: SeriesSubject;
  readonly eventCount: number;
  readonly level: Level;
  readonly streamCount: number;
  readonly firstMinute: number;
}

/** A deploy, by the minute. */
export interface DeployFacts {
  readonly service: string;
  /** Empty: any. */
  readonly namespace: string;
  readonly minute: number;
  readonly version: string;
}

/** All that was counted in a minute. Series that are left out had nothing. */
export interface MinuteFacts {
  /** Since 1970, UTC. */
  readonly minute: number;
  /** Minutes that the site's own time is ahead of UTC. */
  readonly offset: number;
  readonly services: readonly ServiceFacts[];
  readonly clusters: readonly ClusterFacts[];
}

/** What may be set. */
export interface TenantDetectorSettings {
  /** 1 tells of little, 5 of much; 3 is usual. */
  readonly sensitivity: number;
  /** Clusters that are watched at most, those first that came first. */
  readonly maxClusters: number;
  /** Services that are watched at most, those that logged for two days and more before others; absent: 4,000. */
  readonly maxServices?: number;
}

/** Detectors of all series of a tenant. */
export class TenantDetector {
  private readonly settings: TenantDetectorSettings;
  private readonly services = new Map<string, WatchedSeries>();
  private readonly clusters = new Map<string, WatchedSeries>();
  /** Services that had to make room, and may be kept somewhere. */
  private readonly displaced = new Set<string>();
  private now = -1;
  /** First minute that was ever read: what is younger than it may be new. */
  private readonly readFrom: number;

  constructor(settings: TenantDetectorSettings, readFrom: number) {
    this.settings = settings;
    this.readFrom = readFrom;
  }

  get seriesCount(): number {
    return this.services.size + this.clusters.size;
  }

  /** Services that are watched at most. */
  get maxServices(): number {
    return this.settings.maxServices ?? mostServices;
  }

  /** Whether services have to make room for others, or may find none. */
  get isCrowded(): boolean {
    return this.services.size >= this.maxServices * (1 - roomShare);
  }

  /** All series. */
  *series(): Generator<WatchedSeries> {
    yield* this.services.values();
    yield* this.clusters.values();
  }

  /** Puts a series back that was saved; it goes on where it was. */
  adopt(series: WatchedSeries): void {
    const { key, clusterId } = series.subject;
    (clusterId === null ? this.services : this.clusters).set(key, series);
  }

  /**
   * The next minute. Minutes come in order, for each service on its own: those that are not counted yet are left out and come later, with
   * the same minutes again. `deploys`: those of the two hours before.
   */
  observe(
    facts: MinuteFacts,
    deploys: readonly DeployFacts[],
    isCounted: (subject: SeriesSubject) => boolean = () => true
  ): readonly EventChange[] {
    this.now = facts.minute;
    this.meet(facts);
    const bar = this.bar();
    const known = this.judgeable(facts);
    const byKey = new Map(facts.services.map((service) => [service.subject.key, service]));
    const counted = [...this.services].filter(([, { subject }]) => isCounted(subject));
    const changes = counted.flatMap(([key, series]) => {
      series.detector.bar = bar;
      const seen = byKey.get(key);
      const counts = known.has(key)
        ? { total: seen?.lineCount ?? 0, errors: seen === undefined ? 0 : seen.errorCount }
        : null;
      return series.observe({ ...pick(facts), counts, newEvents: null, level: null });
    });
    return [
      ...changes,
      ...this.observeClusters(facts, known, bar, deploys, isCounted),
      ...this.judgeDeploys(deploys, isCounted),
    ];
  }

  /** Whether no line of these services came after the minute had been taken in; true of what is known to be incomplete. */
  holds({ minute, services }: MinuteFacts): boolean {
    return services.every(({ subject, lineCount, errorCount, isComplete }) => {
      const series = this.services.get(subject.key);
      const counts = { total: lineCount, errors: errorCount };
      // One that found no room has not been judged, and is not.
      return !isComplete || (series?.holds(minute, counts) ?? (lineCount === 0 || this.isCrowded));
    });
  }

  /** Late lines of an earlier minute: its counts as they are now. */
  revise(facts: MinuteFacts): readonly EventChange[] {
    const services = new Map(facts.services.map((service) => [service.subject.key, service]));
    const clusters = new Map(facts.clusters.map((cluster) => [cluster.subject.key, cluster]));
    const { minute, offset } = facts;
    const changes: EventChange[] = [];
    for (const [key, series] of this.services) {
      const seen = services.get(key);
      if (seen?.isComplete !== false) {
        const counts = { total: seen?.lineCount ?? 0, errors: seen === undefined ? 0 : seen.errorCount };
        changes.push(...series.revise(minute, counts, offset, this.now));
      }
    }
    for (const [key, series] of this.clusters) {
      changes.push(
        ...series.revise(minute, { total: clusters.get(key)?.eventCount ?? 0, errors: 0 }, offset, this.now)
      );
    }
    return changes;
  }

  /** Takes series away that have been quiet for two weeks; returns their keys, and those of services that had to make room. */
  forgetQuiet(): readonly string[] {
    const quiet = [...this.series()].filter(
      (series) => !series.isOpen && this.now - Math.max(series.activeMinute, series.sinceMinute) > forgottenMinutes
    );
    for (const { subject } of quiet) {
      this.services.delete(subject.key);
      this.clusters.delete(subject.key);
    }
    const gone = [...quiet.map(({ subject }) => subject.key), ...this.displaced];
    this.displaced.clear();
    return gone;
  }

  /** Takes the quietest of the services away that logged only briefly. */
  private makeRoom(newCount: number): void {
    const missing = this.services.size + newCount - this.maxServices;
    if (missing <= 0) {
      return;
    }
    const brief = [...this.services.values()].filter(
      ({ isOpen, sinceMinute, activeMinute }) =>
        !isOpen &&
        sinceMinute >= 0 &&
        activeMinute - sinceMinute < briefMinutes &&
        this.now - Math.max(activeMinute, sinceMinute) >= hourMinutes
    );
    const quietest = brief.toSorted((a, b) => a.activeMinute - b.activeMinute);
    for (const { subject } of quietest.slice(0, missing + Math.floor(this.maxServices * roomShare))) {
      this.services.delete(subject.key);
      this.displaced.add(subject.key);
    }
  }

  private meet({ services, clusters }: MinuteFacts): void {
    const strangers = services.filter(({ subject }) => !this.services.has(subject.key));
    this.makeRoom(strangers.length);
    for (const { subject } of strangers.slice(0, Math.max(0, this.maxServices - this.services.size))) {
      this.services.set(subject.key, new WatchedSeries(subject));
      this.displaced.delete(subject.key);
    }
    for (const { subject } of clusters) {
      if (!this.clusters.has(subject.key) && this.clusters.size < this.settings.maxClusters) {
        this.clusters.set(subject.key, new WatchedSeries(subject));
      }
    }
  }

  /** Evidence beyond a single series' own: the chance of a false event is shared by all series. */
  private bar(): number {
    const shared = Math.max(0, Math.log10(this.seriesCount / seriesOfOneBar));
    return shared + (sensitivityBars[this.settings.sensitivity - 1] ?? 0);
  }

  /**
   * Services whose counts of the minute are known. A minute in which no service has a line is one that the collector lost, unless there
   * is but one service: then nobody can tell, and silence is told of.
   */
  private judgeable({ services }: MinuteFacts): ReadonlySet<string> {
    if (services.every(({ lineCount }) => lineCount === 0) && this.services.size > 1) {
      return new Set();
    }
    const incomplete = new Set(services.filter(({ isComplete }) => !isComplete).map(({ subject }) => subject.key));
    return new Set([...this.services.keys()].filter((key) => !incomplete.has(key)));
  }

  private observeClusters(
    facts: MinuteFacts,
    known: ReadonlySet<string>,
    bar: number,
    deploys: readonly DeployFacts[],
    isCounted: (subject: SeriesSubject) => boolean
  ): readonly EventChange[] {
    const seen = new Map(facts.clusters.map((cluster) => [cluster.subject.key, cluster]));
    const knownServices = new Set([...known].map((key) => ownerOf(this.services.get(key)?.subject)));
    const changes: EventChange[] = [];
    for (const [key, series] of [...this.clusters].filter(([, { subject }]) => isCounted(subject))) {
      const cluster = seen.get(key);
      const isKnown = knownServices.has(ownerOf(series.subject));
      series.detector.bar = bar;
      changes.push(
        ...series.observe({
          ...pick(facts),
          counts: isKnown ? { total: cluster?.eventCount ?? 0, errors: 0 } : null,
          newEvents: cluster === undefined || series.newness === null ? null : this.newEvents(cluster, deploys),
          level: cluster?.level ?? null,
        })
      );
    }
    return changes;
  }

  private newEvents(cluster: ClusterFacts, deploys: readonly DeployFacts[]): NewEvents {
    const { firstMinute, eventCount, level, streamCount, subject } = cluster;
    const isOld = this.now - firstMinute > newMinutes;
    return {
      ...{ eventCount, level, streamCount, firstMinute },
      // Known since before it is watched, as after a merge: nothing new.
      readMinutes: isOld ? 0 : firstMinute - this.readFrom,
      isAfterDeploy: deploys.some(
        (deploy) => isOf(deploy, subject) && deploy.minute <= firstMinute && firstMinute - deploy.minute <= hourMinutes
      ),
    };
  }

  private judgeDeploys(
    deploys: readonly DeployFacts[],
    isCounted: (subject: SeriesSubject) => boolean
  ): readonly EventChange[] {
    return deploys
      .filter(({ minute }) => minute + shareAfterMinutes === this.now + 1)
      .flatMap((deploy) => this.judgeDeploy(deploy, isCounted));
  }

  private judgeDeploy(deploy: DeployFacts, isCounted: (subject: SeriesSubject) => boolean): readonly EventChange[] {
    const { minute } = deploy;
    const own = [...this.clusters.values()].filter(({ subject }) => isOf(deploy, subject) && isCounted(subject));
    const found = findGrownShares(
      own.map((series) => ({
        key: series.subject.key,
        level: series.levelSeen,
        before: series.detector.sumTotals(minute - shareBeforeMinutes, minute),
        after: series.detector.sumTotals(minute, minute + shareAfterMinutes),
      }))
    );
    return found.flatMap(({ key, ...finding }) => {
      const times = { deployMinute: minute, atMinute: this.now, endMinute: this.now + shareToldMinutes };
      return this.clusters.get(key)?.tellShare({ ...finding, ...times, version: deploy.version }) ?? [];
    });
  }
}

function pick({ minute, offset }: MinuteFacts): Pick<MinuteFacts, 'minute' | 'offset'> {
  return { minute, offset };
}

function ownerOf(subject: SeriesSubject | undefined): string {
  return JSON.stringify([subject?.namespace, subject?.service]);
}

function isOf(deploy: DeployFacts, { service, namespace }: SeriesSubject): boolean {
  return deploy.service === service && (deploy.namespace === '' || deploy.namespace === namespace);
}
