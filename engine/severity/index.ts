export { detectLevel } from './detect-level.ts';
export { levelGuessedByLoki, levelOfLabels } from './label-level.ts';
export { levelsBySeverity } from './level.ts';
export type { Level } from './level.ts';
export { parseLevel } from './level-words.ts';
export type { LevelNumbers } from './level-words.ts';
export { mostSevere } from './most-severe.ts';
