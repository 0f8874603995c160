export { levelsBySeverity } from './level.ts';
export type { Level } from './level.ts';
