import type { ChannelTarget } from '@loghunter/contracts';

/** Where a channel leads, from the one field that a person fills in. */
export function toTarget(kind: ChannelTarget['kind'], address: string): ChannelTarget {
  const text = address.trim();
  switch (kind) {
    case 'webhook':
      return { kind, url: text };
    case 'slack':
      return { kind, secretUrl: text };
    case 'pagerduty':
      return { kind, secretRoutingKey: text };
    case 'email':
      return { kind, recipients: text.split(/[\s,;]+/).filter((part) => part !== '') };
  }
}
