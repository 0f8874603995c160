import type { Moment, Visit } from './moment.ts';
import { klogTime } from './time-text.ts';

/** Writes a line as klog does: the level's letter, the time, the place in the source. */
function write(moment: Moment, atMs: number, letter: 'I' | 'W' | 'E', source: string, message: string): void {
  const level = letter === 'E' ? 'error' : letter === 'W' ? 'warn' : 'info';
  moment.write('shipping', 0, atMs, level, `${letter}${klogTime(atMs)}       1 ${source}] ${message}`);
}

/** An order becomes a parcel some time after it was paid. */
export function createParcel(visit: Visit, order: string): void {
  const { moment } = visit;
  const { random } = moment;
  const carrier = random.pick(['northpost', 'quickship', 'parcelnet']);
  const atMs = visit.atMs + random.latencyMs(2500);
  const tracking = `${random.pick(['NP', 'QS', 'PN'])}${random.integer(100_000_000, 999_999_999)}DE`;
  write(
    moment,
    atMs,
    'I',
    'dispatcher.go:88',
    `created parcel ${tracking} for order ${order}, ${random.integer(1, 9)}.${random.integer(0, 9)} kg`
  );
  if (random.chance(0.02)) {
    write(
      moment,
      atMs + 900,
      'W',
      'carrier.go:141',
      `carrier ${carrier} answered 429, retrying in ${random.pick([2, 4, 8])}s (attempt ${random.integer(1, 3)})`
    );
  }
  write(
    moment,
    atMs + random.latencyMs(700),
    'I',
    'carrier.go:120',
    `label for ${tracking} requested from ${carrier}: status=201`
  );
}

/** The carriers' tracking feed is polled. */
export function pollTracking(moment: Moment): void {
  const { random } = moment;
  const atMs = moment.nowMs + random.next() * 800;
  if (random.chance(0.04)) {
    write(
      moment,
      atMs,
      'E',
      'tracking.go:67',
      `tracking feed of quickship: Get "https://tracking.quickship.example/v2/events?since=${Math.floor(atMs / 1000)}": net/http: TLS handshake timeout`
    );
    return;
  }
  write(
    moment,
    atMs,
    'I',
    'tracking.go:59',
    `applied ${random.integer(0, 180)} tracking events in ${random.integer(12, 340)}ms`
  );
}
