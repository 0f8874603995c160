import { PortError } from '../errors.ts';
import type { RedactionCount, RedactionRuleRow, RedactionStore } from '../redaction-store.ts';

/** Redaction rules in memory; knows no texts. `nowMs` is the database's clock; default: the real one. */
export function createFakeRedactionStore(nowMs: () => number = Date.now): RedactionStore {
  const rules = new Map<string, RedactionRuleRow[]>();
  const countsOf = new Map<string, Map<string, RedactionCount>>();
  const ofTenant = (tenantId: string): RedactionRuleRow[] => rules.get(tenantId) ?? [];
  return {
    listRules: (tenantId) => Promise.resolve([...ofTenant(tenantId)]),
    createRule(tenantId, rule) {
      if (ofTenant(tenantId).some(({ name }) => name === rule.name)) {
        const message = 'Another rule has this name';
        return Promise.reject(new PortError({ system: 'pglite', kind: 'conflict', isRetryable: false, message }));
      }
      const ignoresCase = rule.ignoresCase ?? false;
      const row = { ...rule, ignoresCase, id: crypto.randomUUID(), createdAtMs: nowMs() };
      rules.set(tenantId, [...ofTenant(tenantId), row]);
      return Promise.resolve(row);
    },
    deleteRule(tenantId, id) {
      const kept = ofTenant(tenantId).filter((rule) => rule.id !== id);
      const isFound = kept.length < ofTenant(tenantId).length;
      rules.set(tenantId, kept);
      return Promise.resolve(isFound);
    },
    readCounts: (tenantId) => Promise.resolve(new Map(countsOf.get(tenantId))),
    addCounts(tenantId, counts) {
      const known = countsOf.get(tenantId) ?? new Map<string, RedactionCount>();
      for (const [name, count] of counts) {
        known.set(name, { matchCount: (known.get(name)?.matchCount ?? 0) + count, lastMatchedAtMs: nowMs() });
      }
      countsOf.set(tenantId, known);
      return Promise.resolve();
    },
    rewriteTexts: () => Promise.resolve(0),
  };
}
