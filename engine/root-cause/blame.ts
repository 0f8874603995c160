// Who is to blame: sums up each service's evidence, and moves blame to whom the failing services complain about.
import type { EvidenceCase } from './evidence-case.ts';
import type { EvidenceChannel } from './evidence-pack.ts';
import { createDependencyReader, nameOfHost } from './named-dependencies.ts';
import type { RateChange } from './rate-changes.ts';
import type { Deviation } from './deviation.ts';

/** One channel of one service counts no more than this: a probability of one in a trillion is certainty enough. */
export const mostSurprise = 12;
/** Deviations of one channel that count. */
const countedDeviations = 4;
/** Deviations below this say nothing. */
const leastSurprise = 1;
/** From here on a deviation is clear. */
const clearSurprise = 2;
/** How much of its blame a service keeps when all its errors complain about another service. */
const keptWhenNaming = 0.25;
/** Lateness of a service's first deviation at which a half of this part of its blame is gone. */
const lateMs = 90_000;
/** Part of the blame that does not depend on who was first. */
const timelessPart = 0.45;
/** A deploy shortly before makes its service more suspicious. */
const deployBonus = 1.3;
/** Share of a service's errors that complain about something that is not in the data, from which on the cause is outside. */
const outsideShare = 0.6;

/** The evidence against a service. */
export interface ServiceBlame {
  readonly service: string;
  /** Blame after all is weighed; 0 for none. */
  readonly blame: number;
  /** Surprise by channel, weighed, strongest first. */
  readonly channels: ReadonlyArray<{ readonly channel: EvidenceChannel; readonly surprise: number }>;
  /** In the order in which they are told, mostly the strongest first. */
  readonly deviations: readonly Deviation[];
  /** Milliseconds since 1970; null when it only shows absences. */
  readonly firstMs: number | null;
  readonly isFirst: boolean;
  /** Services that its errors complain about, by share of its errors. */
  readonly named: ReadonlyArray<{ readonly service: string; readonly share: number }>;
  /** The host outside the data that its errors complain about, without what is private in it; null: none, or too few. */
  readonly outsideHost: string | null;
}

/** Weighs the deviations of all services; most blamed first. */
export function weighBlame(
  evidence: EvidenceCase,
  deviations: readonly Deviation[],
  changes: readonly RateChange[],
  deploysMs: ReadonlyMap<string, number>
): ServiceBlame[] {
  const complaints = readComplaints(evidence, changes);
  const named = toNamedDeviations(complaints, deviations);
  const byService = Map.groupBy(
    [...deviations, ...named].filter(({ surprise, weight }) => surprise * weight >= leastSurprise / 10),
    ({ service }) => service
  );
  const firsts = new Map([...byService].map(([service, own]) => [service, firstOf(own)]));
  const sums = new Map([...byService].map(([service, own]) => [service, sumChannels(own)]));
  const telling = [...sums].filter(([, { total }]) => total >= 2).map(([service]) => firsts.get(service) ?? null);
  const earliest = Math.min(...telling.filter((moment) => moment !== null));
  const blames = [...byService].map(([service, own]): ServiceBlame => {
    const { total, channels } = sums.get(service) ?? { total: 0, channels: [] };
    const firstMs = firsts.get(service) ?? null;
    const complaint = complaints.get(service);
    const namedShare = complaint?.namedShare ?? 0;
    const lag = firstMs === null ? lateMs : Math.max(0, firstMs - earliest);
    const inTime = timelessPart + (1 - timelessPart) * 2 ** -(lag / lateMs);
    const deployMs = deploysMs.get(service);
    const isDeployed = deployMs !== undefined && (firstMs === null || deployMs <= firstMs + lateMs);
    return {
      service,
      blame: total * inTime * (1 - (1 - keptWhenNaming) * namedShare) * (isDeployed ? deployBonus : 1),
      channels,
      deviations: orderForTelling(own),
      firstMs,
      isFirst: firstMs !== null && firstMs === earliest,
      named: complaint?.services ?? [],
      outsideHost: complaint?.outsideHost ?? null,
    };
  });
  return blames.toSorted((a, b) => b.blame - a.blame || (a.service < b.service ? -1 : 1));
}

/** Strong evidence dates a service's trouble; where there is none, the strongest of what there is. */
function firstOf(deviations: readonly Deviation[]): number | null {
  const dated = deviations.filter(({ firstMs }) => firstMs !== null).toSorted((a, b) => strengthOf(b) - strengthOf(a));
  const clear = dated.filter(({ surprise }) => surprise >= clearSurprise);
  const strong = clear.filter(({ weight }) => weight >= 0.5);
  const telling = strong.length > 0 ? strong : clear.length > 0 ? clear : dated.slice(0, 1);
  return telling.length === 0 ? null : Math.min(...telling.map(({ firstMs }) => firstMs ?? 0));
}

/**
 * Deviations of one channel are not independent: the second counts a half, the third a third. What several channels say about the
 * same statement is one thing: a new error is a new step as well, and counts as what it is more surprising as.
 */
function sumChannels(deviations: readonly Deviation[]): Pick<ServiceBlame, 'channels'> & { readonly total: number } {
  const channels = [...Map.groupBy(withoutDoubles(deviations), ({ channel }) => channel)]
    .map(([channel, own]) => {
      const sum = own
        .slice(0, countedDeviations)
        .reduce((total, one, place) => total + strengthOf(one) / (place + 1), 0);
      return { channel, surprise: Math.min(mostSurprise, sum) };
    })
    .toSorted((a, b) => b.surprise - a.surprise || (a.channel < b.channel ? -1 : 1));
  return { channels, total: channels.reduce((total, { surprise }) => total + surprise, 0) };
}

function strengthOf({ surprise, weight }: Deviation): number {
  return Math.min(mostSurprise, surprise) * weight;
}

/** Strongest first; each statement in one channel only, that which it surprises most. */
function withoutDoubles(deviations: readonly Deviation[]): readonly Deviation[] {
  const strongestFirst = deviations.toSorted((a, b) => strengthOf(b) - strengthOf(a));
  const channels = new Map<string, EvidenceChannel>();
  strongestFirst.forEach(({ stepKey, channel }) => {
    if (stepKey !== undefined && !channels.has(stepKey)) {
      channels.set(stepKey, channel);
    }
  });
  return strongestFirst.filter(({ stepKey, channel }) => stepKey === undefined || channels.get(stepKey) === channel);
}

/** A service's deviations as they are told: what nobody can look at is not, and a load that is clear explains slow steps and calls. */
function orderForTelling(deviations: readonly Deviation[]): readonly Deviation[] {
  const isClearLoad = ({ channel, surprise }: Deviation) => (channel === 'load' && surprise >= clearSurprise ? 1 : 0);
  return deviations
    .filter(({ channel, lines }) => channel !== 'order' || lines.length > 0)
    .toSorted((a, b) => isClearLoad(b) - isClearLoad(a) || b.surprise * b.weight - a.surprise * a.weight);
}

interface Complaint {
  readonly services: ReadonlyArray<{ readonly service: string; readonly share: number }>;
  /** Share of its new and more frequent errors and warnings that complain about another service. */
  readonly namedShare: number;
  readonly outsideHost: string | null;
  readonly firstMs: number;
  readonly surprise: number;
  readonly change: RateChange;
}

/** What the new errors and warnings of each service complain about; a cluster's first lines speak for it. */
function readComplaints(evidence: EvidenceCase, changes: readonly RateChange[]): ReadonlyMap<string, Complaint> {
  const services = [...new Set(changes.map(({ tally }) => tally.example.service))];
  const read = createDependencyReader(services);
  const telling = changes.filter(
    ({ kind, surprise, isError, tally }) =>
      (kind === 'new' || kind === 'up') && surprise >= leastSurprise && (isError || tally.example.level === 'warn')
  );
  const complaints = new Map<string, Complaint>();
  for (const [service, own] of Map.groupBy(telling, ({ tally }) => tally.example.service)) {
    const counts = new Map<string, number>();
    const hosts = new Map<string, number>();
    let total = 0;
    let namedCount = 0;
    for (const { tally } of own) {
      const weight = tally.incident.episodeCount;
      total += weight;
      const texts = tally.incident.lines.map(({ text }) => read(service, text));
      const about = new Set(texts.flatMap((found) => found.services));
      const outside = new Set(texts.flatMap((found) => found.outside));
      namedCount += about.size > 0 ? weight : 0;
      about.forEach((name) => counts.set(name, (counts.get(name) ?? 0) + weight));
      if (about.size === 0) {
        outside.forEach((name) => hosts.set(name, (hosts.get(name) ?? 0) + weight));
      }
    }
    const [worst] = [...hosts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const [change] = own;
    const lines = own.flatMap(({ tally }) => tally.incident.lines.map(({ text }) => text));
    if (change !== undefined && total > 0) {
      complaints.set(service, {
        services: [...counts]
          .map(([name, count]) => ({ service: name, share: count / total }))
          .toSorted((a, b) => b.share - a.share || (a.service < b.service ? -1 : 1)),
        namedShare: namedCount / total,
        outsideHost:
          worst !== undefined && worst[1] >= outsideShare * total ? nameOfHost(worst[0], lines, evidence.redact) : null,
        firstMs: Math.min(...own.map(({ tally }) => tally.incident.firstMs)),
        surprise: Math.max(...own.map((one) => one.surprise)),
        change,
      });
    }
  }
  return complaints;
}

/** A service that others complain about is suspected, less when it shows nothing itself, and not when they complain about many. */
function toNamedDeviations(
  complaints: ReadonlyMap<string, Complaint>,
  deviations: readonly Deviation[]
): readonly Deviation[] {
  const showing = new Set(
    deviations.filter(({ surprise, weight }) => surprise * weight >= 2).map(({ service }) => service)
  );
  return [...complaints].flatMap(([service, { services, firstMs, surprise, change }]) =>
    services
      .filter(({ share }) => share >= 0.3)
      .slice(0, 2)
      .map(({ service: about, share }): Deviation => ({
        channel: 'calls',
        kind: 'slow-calls',
        service: about,
        surprise,
        weight: (showing.has(about) ? 0.8 : 0.6) * share * (services.length > 3 ? 0.4 : 1),
        statement: `${service} complains about ${about}: “${change.tally.example.templateText}”`,
        baseline: '',
        incident: `${Math.round(share * 100)} % of what ${service} complains about`,
        firstMs,
        clusterId: change.tally.example.clusterId,
        lines: change.tally.incident.lines.slice(0, 1).map((line) => ({ window: 'incident', line })),
      }))
  );
}
