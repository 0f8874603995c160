/** The ways in which the shop's programs write times. All in UTC. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** 2026-11-21T03:00:00.123Z */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** 2026-11-21 03:00:00.123, the fraction behind `separator`. */
export function plainTime(atMs: number, separator: '.' | ','): string {
  const iso = isoTime(atMs);
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}${separator}${iso.slice(20, 23)}`;
}

/** 2026/11/21 03:00:00 */
export function slashTime(atMs: number): string {
  return plainTime(atMs, '.').slice(0, 19).replaceAll('-', '/');
}

/** 21/Nov/2026:03:00:00 +0000 */
export function accessTime(atMs: number): string {
  const iso = isoTime(atMs);
  return `${iso.slice(8, 10)}/${monthOf(atMs)}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

/** 21 Nov 2026 03:00:00.123 */
export function redisTime(atMs: number): string {
  const iso = isoTime(atMs);
  return `${iso.slice(8, 10)} ${monthOf(atMs)} ${iso.slice(0, 4)} ${iso.slice(11, 23)}`;
}

/** 1121 03:00:00.123456 */
export function klogTime(atMs: number): string {
  const iso = isoTime(atMs);
  return `${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}${microseconds(atMs)}`;
}

/** 2026-11-21T03:00:00.123456 */
export function rubyTime(atMs: number): string {
  return `${isoTime(atMs).slice(0, 23)}${microseconds(atMs)}`;
}

/** 03:00:00 */
export function clockTime(atMs: number): string {
  return isoTime(atMs).slice(11, 19);
}

function monthOf(atMs: number): string {
  return months[new Date(atMs).getUTCMonth()] ?? months[0];
}

function microseconds(atMs: number): string {
  return String(Math.floor((atMs % 1) * 1000)).padStart(3, '0');
}
