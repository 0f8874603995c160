/** A service of the shop, where it runs and what its streams are called. */
export interface ShopService {
  readonly namespace: 'shop' | 'platform';
  readonly podCount: number;
  readonly version: string;
  /** Middle part of the pods' names, as a ReplicaSet gives it. */
  readonly replicaSet: string;
  /** Whether the log shipper already set a level label. */
  readonly hasLevelLabel: boolean;
}

/** Every service that writes logs. */
export const shopServices = {
  'ingress-nginx': {
    namespace: 'platform',
    podCount: 2,
    version: '1.12.1',
    replicaSet: '7c9d6b8f5',
    hasLevelLabel: false,
  },
  auth: { namespace: 'platform', podCount: 2, version: '4.2.0', replicaSet: '6f5b9c4d7c', hasLevelLabel: false },
  postgres: { namespace: 'platform', podCount: 1, version: '16.4', replicaSet: 'primary', hasLevelLabel: false },
  redis: { namespace: 'platform', podCount: 1, version: '7.4.1', replicaSet: 'master', hasLevelLabel: false },
  storefront: { namespace: 'shop', podCount: 3, version: '11.8.2', replicaSet: '5d8f7c9b64', hasLevelLabel: true },
  catalog: { namespace: 'shop', podCount: 2, version: '3.31.0', replicaSet: '84c7b6d5f9', hasLevelLabel: false },
  cart: { namespace: 'shop', podCount: 2, version: '1.9.4', replicaSet: '59b8d7f6c8', hasLevelLabel: false },
  checkout: { namespace: 'shop', podCount: 3, version: '8.0.6', replicaSet: '7b5f8d9c6d', hasLevelLabel: false },
  payments: { namespace: 'shop', podCount: 3, version: '2.14.3', replicaSet: '6d4c8b7f59', hasLevelLabel: false },
  inventory: { namespace: 'shop', podCount: 2, version: '5.1.7', replicaSet: '9c6b5d8f7b', hasLevelLabel: true },
  shipping: { namespace: 'shop', podCount: 1, version: '0.14.2', replicaSet: '57d9c8b6f4', hasLevelLabel: false },
  recommendations: {
    namespace: 'shop',
    podCount: 2,
    version: '2026.11.3',
    replicaSet: 'b8f7d6c59',
    hasLevelLabel: true,
  },
  notifications: { namespace: 'shop', podCount: 1, version: '2.2.8', replicaSet: '66c5f9d8b7', hasLevelLabel: false },
} as const satisfies Readonly<Record<string, ShopService>>;

/** Name of a service: a key of {@link shopServices}. */
export type ServiceName = keyof typeof shopServices;

const suffixes = ['x7k2p', 'm4q9z', 'b8w5t'] as const;
const nodes = ['worker-1', 'worker-2', 'worker-3'] as const;

/** Name of a pod; a stateful one is numbered, the others carry what Kubernetes adds. */
export function podNameOf(service: ServiceName, podIndex: number, version: string): string {
  const { replicaSet } = shopServices[service];
  if (service === 'postgres' || service === 'redis') {
    return `${service}-${replicaSet}-${podIndex}`;
  }
  // A deploy makes a new ReplicaSet, so its pods have other names.
  const generation = version === '2.15.0' ? '75f9d6c8b4' : replicaSet;
  return `${service}-${generation}-${suffixes[podIndex % suffixes.length] ?? suffixes[0]}`;
}

/** Machine that a pod runs on. */
export function nodeOf(service: ServiceName, podIndex: number): string {
  return nodes[(service.length + podIndex) % nodes.length] ?? nodes[0];
}
