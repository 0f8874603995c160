import { createHash } from 'node:crypto';

/** The id of an event of a series: its detector and the minute that opened it name it. */
export function eventId(tenantId: string, seriesKey: string, detector: string, openedMinute: number): string {
  return anomalyId('event', tenantId, seriesKey, detector, openedMinute);
}

/** A UUID of version 8 (RFC 9562) made of a SHA-256 of the parts: every replica makes the same one. */
export function anomalyId(...parts: ReadonlyArray<string | number>): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
