import type { AnomalyEvent } from '@loghunter/contracts';
import { printable } from '../terminal/printable.ts';

const severityWidth = 8;

/** One line for people: when, how bad, whether it goes on, and what. */
export function renderEvent(event: AnomalyEvent): string {
  const { severity, kind, startedAt, endedAt, title } = event;
  const time = startedAt.slice(0, 16).replace('T', ' ');
  const state = endedAt === null ? 'goes on' : `until ${endedAt.slice(11, 16)}`;
  return `${time}  ${severity.toUpperCase().padEnd(severityWidth)}  ${kind.padEnd(7)}  ${state.padEnd(11)}  ${printable(title)}`;
}
