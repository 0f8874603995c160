import { createHash } from 'node:crypto';
import type { AuditRecord } from '@loghunter/ports';

/** Hash before the first entry. */
export const noHash = '0'.repeat(64);

/** An entry as it is stored: every text as it is hashed. */
export interface StoredRecord {
  /** ISO 8601, UTC, milliseconds. */
  readonly occurredAt: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string;
  readonly result: string;
  readonly requestId: string;
  /** JSON text. */
  readonly details: string;
}

const maxTextLength = 500;
const maxDetailsLength = 4000;

// C0, C1, line and paragraph separators, and characters that turn the direction of text: they forge lines in a terminal.
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/gu;

/** Writes hidden characters as `\u{..}` and cuts the text at 500 characters. */
export function escapeText(text: string, maxLength = maxTextLength): string {
  const escaped = text.replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return escaped.length > maxLength ? `${escaped.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, '')}…` : escaped;
}

/** The record as it is stored and hashed. */
export function toStored(record: AuditRecord): StoredRecord {
  return {
    occurredAt: new Date(record.occurredAtMs).toISOString(),
    actorKind: escapeText(record.actor.kind),
    actorId: escapeText(record.actor.id),
    actorName: escapeText(record.actor.name),
    action: escapeText(record.action),
    objectKind: escapeText(record.object.kind),
    objectId: escapeText(record.object.id),
    result: escapeText(record.result),
    requestId: escapeText(record.requestId),
    details: toDetails(record.details),
  };
}

// Too long to keep whole: a text that is no longer JSON would be of no use, so what is left is told as a text.
function toDetails(details: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(escapeTexts(details));
  return text.length <= maxDetailsLength
    ? text
    : JSON.stringify({ cut: escapeText(text.slice(0, maxDetailsLength / 2), maxDetailsLength) });
}

function escapeTexts(value: unknown): unknown {
  if (typeof value === 'string') {
    return escapeText(value, maxDetailsLength);
  }
  if (Array.isArray(value)) {
    return value.map(escapeTexts);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [escapeText(key), escapeTexts(part)]));
  }
  return value;
}

/** SHA-256 over the hash before, the place and every text of the entry, in this order, as JSON. */
export function hashEntry(previousHash: string, tenantId: string, sequence: number, record: StoredRecord): string {
  const fields = [
    previousHash,
    tenantId,
    sequence,
    record.occurredAt,
    record.actorKind,
    record.actorId,
    record.actorName,
    record.action,
    record.objectKind,
    record.objectId,
    record.result,
    record.requestId,
    record.details,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
