import { articleNumber } from './customers.ts';
import type { Moment, Visit } from './moment.ts';
import { isoTime } from './time-text.ts';

/** Suggestions beside an article, as structlog writes them. */
export function recommend(visit: Visit): void {
  const { random } = visit.moment;
  visit.atMs += random.latencyMs(22);
  const isFallback = random.chance(0.02);
  const line = {
    event: isFallback ? 'model score too low, using bestsellers' : 'recommendations served',
    level: isFallback ? 'warning' : 'info',
    timestamp: isoTime(visit.atMs),
    article: articleNumber(random),
    count: random.integer(4, 12),
    score: Number((isFallback ? random.next() * 0.2 : 0.4 + random.next() * 0.6).toFixed(3)),
    model: 'als-2026-11',
  };
  visit.moment.write(
    'recommendations',
    visit.userId % 2,
    visit.atMs,
    isFallback ? 'warn' : 'info',
    JSON.stringify(line)
  );
}

/** The model is loaded again every hour. */
export function reloadModel(moment: Moment): void {
  const { random } = moment;
  for (const podIndex of [0, 1]) {
    const atMs = moment.nowMs + podIndex * 1800;
    const line = {
      event: 'model loaded',
      level: 'info',
      timestamp: isoTime(atMs),
      model: 'als-2026-11',
      factors: 64,
      articles: 14_200 + random.integer(0, 40),
      load_seconds: Number((2 + random.next() * 3).toFixed(2)),
    };
    moment.write('recommendations', podIndex, atMs, 'info', JSON.stringify(line));
  }
}
