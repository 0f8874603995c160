import { createFingerprinter } from '../fingerprints/index.ts';
import { hashOf } from '../fingerprints/hash.ts';
import { packSignature } from '../templates/index.ts';
import { lineSignatureOf, lineTokensOf } from '../templates/analyze-line.ts';
import { idOfKey, UserRules } from '../cluster-rules/index.ts';
import type { ClusterKey, StoredUserRule, UserRule } from '../cluster-rules/index.ts';

/** Tenant of tests. */
export const tenantId = '6d0e6f2e-1111-4222-8333-444455556666';

/** Key of a line's cluster. */
export function keyOf(line: string, service = 'shop'): ClusterKey {
  const tokens = lineTokensOf(line);
  const fingerprint = hashOf([lineSignatureOf(tokens)]);
  return { service, namespace: '', fingerprint, signature: packSignature(tokens) };
}

/** Key of the cluster of a stack trace, to which no rule of lines applies. */
export function traceKeyOf(text: string): ClusterKey {
  const { fingerprint } = createFingerprinter().identify({ text });
  return { service: 'shop', namespace: '', fingerprint, signature: '' };
}

/** Rules with ids by their number, all in force. */
export function rulesOf(...rules: readonly UserRule[]): StoredUserRule[] {
  return rules.map((rule, index) => ({ id: `rule-${index}`, rule }));
}

/** Rules of the test tenant, ready to be applied. */
export function applied(...rules: readonly StoredUserRule[]): UserRules {
  return new UserRules({ tenantId, rules });
}

/** Id of the cluster that a line is shown in: by its part where its cluster is split. */
export function shownIdOf(rules: UserRules, line: string, service = 'shop'): string {
  const key = keyOf(line, service);
  return rules.canonicalOf(rules.partOf(line, key)?.key ?? key).id;
}

/** Id of a line's cluster without any rule. */
export function ownIdOf(line: string, service = 'shop'): string {
  return idOfKey(tenantId, keyOf(line, service));
}
