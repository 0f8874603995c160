// A fault changes the healthy shop's lines from a moment on, and what follows from that.
import { createRandom, type Random } from '../../../cli/demo/shop/random.ts';
import { writeAs, type FaultLevel, type IncidentLine } from './incident-line.ts';

/** What a line becomes, or what another service makes of it a moment later. */
export interface Effect {
  readonly service: string;
  /** Lines that it befalls. */
  readonly match: RegExp;
  /** 1 when absent. */
  readonly chance?: number;
  readonly level: FaultLevel;
  /** What is written instead; `#` stands for a number that differs. Empty: nothing. */
  readonly message: string;
  /** The line is written all the same, before the message. */
  readonly keepsLine?: true;
  /** It is written this much later. */
  readonly delayMs?: number;
  /** What befalls the next lines of others that match. */
  readonly then?: readonly Effect[];
}

/** Lines that come by themselves. */
export interface Recurring {
  readonly service: string;
  readonly everyMs: number;
  readonly level: FaultLevel;
  readonly message: string;
  /** Also before the fault: noise that is old. */
  readonly isOld?: true;
}

/** One kind of incident. */
export interface Scenario {
  readonly name: string;
  /** The service that is at fault; null: none in the data. */
  readonly cause: string | null;
  readonly effects: readonly Effect[];
  readonly recurring?: readonly Recurring[];
  /** A new version from a minute before on. */
  readonly deploy?: { readonly service: string; readonly version: string };
  /** Writes nothing any more. */
  readonly silent?: string;
  /** Its clock is off by so much. */
  readonly skew?: { readonly service: string; readonly ms: number };
  /** The chance of effects grows to its full height over so long. */
  readonly rampMs?: number;
}

const secondMs = 1000;
/** An effect befalls a line of another service within this time. */
const patienceMs = 1500;
const deployLeadMs = 60_000;

/** Applies a scenario to lines in order of time. */
export function applyFault(lines: readonly IncidentLine[], scenario: Scenario, onsetMs: number, seed: number): IncidentLine[] {
  const random = createRandom(seed, onsetMs);
  const pending: Array<{ readonly effect: Effect; readonly untilMs: number; readonly traceId: string }> = [];
  const written: IncidentLine[] = [];
  const labelsByService = new Map<string, IncidentLine>();
  for (const line of lines) {
    const atMs = Number(line.atNs / 1_000_000n);
    labelsByService.set(line.service, line);
    const isAfter = atMs >= onsetMs;
    if (isAfter && scenario.silent === line.service) {
      continue;
    }
    const shown = relabel(line, scenario, atMs, onsetMs);
    const place = pending.findIndex(
      ({ effect, untilMs }) => effect.service === line.service && atMs <= untilMs && effect.match.test(line.text)
    );
    const followUp = place < 0 ? undefined : pending.splice(place, 1)[0]?.effect;
    const ramp = scenario.rampMs === undefined ? 1 : Math.min(1, (atMs - onsetMs) / scenario.rampMs);
    const effect =
      followUp ??
      (isAfter
        ? scenario.effects.find(
            (one) => one.service === line.service && one.match.test(line.text) && random.chance((one.chance ?? 1) * ramp)
          )
        : undefined);
    if (effect === undefined) {
      written.push(shown);
      continue;
    }
    if (effect.keepsLine === true) {
      written.push(shown);
    }
    const traceId = /trace_?id["=:]+([0-9a-f]{32})/i.exec(line.text)?.[1] ?? '';
    if (effect.message !== '') {
      written.push(writeEffect(shown, effect, effect.delayMs ?? 1, random, traceId));
    }
    for (const next of effect.then ?? []) {
      if (random.chance(next.chance ?? 1)) {
        pending.push({ effect: next, untilMs: atMs + patienceMs, traceId });
      }
    }
  }
  written.push(...writeRecurring(scenario, labelsByService, lines, onsetMs, random));
  return written.toSorted((a, b) => (a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : 0));
}

function relabel(line: IncidentLine, { deploy, skew }: Scenario, atMs: number, onsetMs: number): IncidentLine {
  if (deploy?.service === line.service && atMs >= onsetMs - deployLeadMs) {
    return { ...line, labels: { ...line.labels, version: deploy.version } };
  }
  if (skew?.service === line.service && atMs >= onsetMs) {
    return { ...line, atNs: line.atNs + BigInt(skew.ms) * 1_000_000n };
  }
  return line;
}

function writeEffect(line: IncidentLine, effect: Effect, delayMs: number, random: Random, traceId: string): IncidentLine {
  const atNs = line.atNs + BigInt(delayMs) * 1_000_000n;
  return writeLine(line, effect.level, effect.message, atNs, random, traceId);
}

function writeLine(
  like: IncidentLine,
  level: FaultLevel,
  message: string,
  atNs: bigint,
  random: Random,
  traceId = ''
): IncidentLine {
  const text = writeAs(like.service, level, message.replaceAll('#', () => String(random.integer(1000, 99_999))), traceId)(
    Number(atNs / 1_000_000n)
  );
  const labels = like.labels['level'] === undefined ? like.labels : { ...like.labels, level };
  return { service: like.service, labels, atNs, text };
}

function writeRecurring(
  { recurring = [], deploy }: Scenario,
  examples: ReadonlyMap<string, IncidentLine>,
  lines: readonly IncidentLine[],
  onsetMs: number,
  random: Random
): IncidentLine[] {
  const firstMs = Number((lines[0]?.atNs ?? 0n) / 1_000_000n);
  const endMs = Number((lines.at(-1)?.atNs ?? 0n) / 1_000_000n);
  const written: IncidentLine[] = [];
  for (const { service, everyMs, level, message, isOld } of recurring) {
    const example = examples.get(service);
    const fromMs = isOld === true ? firstMs : onsetMs;
    for (let atMs = fromMs + random.integer(0, everyMs); example !== undefined && atMs < endMs; ) {
      const labels =
        deploy?.service === service && atMs >= onsetMs - deployLeadMs
          ? { ...example.labels, version: deploy.version }
          : example.labels;
      written.push(writeLine({ ...example, labels }, level, message, BigInt(Math.floor(atMs)) * 1_000_000n, random));
      atMs += random.integer(Math.floor(everyMs / 2), Math.floor((everyMs * 3) / 2)) + secondMs / 1000;
    }
  }
  return written;
}
