import type { Labels } from '../records/index.ts';
import type { Level } from './level.ts';
import { parseLevel } from './level-words.ts';

const levelNames = ['level', 'severity', 'severity_text', 'lvl', 'loglevel', 'log_level', 'levelname'];

/** Returns the level that stream labels or structured metadata state; undefined when they state none. */
export function levelOfLabels(labels: Labels): Level | undefined {
  for (const name of levelNames) {
    const level = levelOfLabel(labels, name);
    if (level !== undefined) {
      return level;
    }
  }
  const severityNumber = labels['severity_number'];
  return severityNumber === undefined ? undefined : parseLevel(severityNumber, 'otel');
}

/**
 * Returns what Loki guessed (`detected_level`). It is asked only after our own reading of the line: Loki falls back to
 * finding words such as "error" anywhere in the text, so its guess is wrong for "0 errors".
 */
export function levelGuessedByLoki(labels: Labels): Level | undefined {
  return levelOfLabel(labels, 'detected_level');
}

function levelOfLabel(labels: Labels, name: string): Level | undefined {
  const word = labels[name];
  return typeof word === 'string' ? parseLevel(word) : undefined;
}
