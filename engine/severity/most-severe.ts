import { levelsBySeverity } from './level.ts';
import type { Level } from './level.ts';

const rankOfLevel = new Map(levelsBySeverity.map((level, rank) => [level, rank]));

/** Returns the more severe of two levels; `unknown` gives way to any other. */
export function mostSevere(a: Level, b: Level): Level {
  return rankOf(a) <= rankOf(b) ? a : b;
}

function rankOf(level: Level): number {
  return rankOfLevel.get(level) ?? levelsBySeverity.length;
}
