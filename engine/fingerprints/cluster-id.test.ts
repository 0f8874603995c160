import { expect, test } from 'vitest';
import { clusterIdOf } from './cluster-id.ts';

const identity = { tenantId: 'acme', service: 'cart', namespace: 'prod', fingerprint: '0'.repeat(32) };

test('the id is a UUID of version 8', () => {
  expect(clusterIdOf(identity)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

// Stored clusters have ids of this function: if this test fails, every stored cluster is orphaned.
test('the id never changes', () => {
  expect(clusterIdOf(identity)).toBe('7acd78b4-98a1-8721-8bac-2134010f475d');
});

test.each([
  ['tenant', { ...identity, tenantId: 'other' }],
  ['service', { ...identity, service: 'other' }],
  ['namespace', { ...identity, namespace: 'other' }],
  ['fingerprint', { ...identity, fingerprint: '1'.repeat(32) }],
  ['place of a border', { ...identity, service: 'ca', namespace: 'prodrt' }],
])('another %s gives another id', (_part, other) => {
  expect(clusterIdOf(other)).not.toBe(clusterIdOf(identity));
});
