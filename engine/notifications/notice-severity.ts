/** How much a notice matters, the least first. */
export type NoticeSeverity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

const order: readonly NoticeSeverity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

/** Negative when `a` matters less than `b`, 0 when they are the same, positive when it matters more. */
export function compareSeverities(a: NoticeSeverity, b: NoticeSeverity): number {
  return order.indexOf(a) - order.indexOf(b);
}
