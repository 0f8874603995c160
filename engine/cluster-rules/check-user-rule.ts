import { variablePlacesOf } from '../variables/index.ts';
import type { ClusterKey } from './cluster-key.ts';
import { templateOfSignature } from './signature-words.ts';
import { readSplitFingerprint } from './split-fingerprint.ts';
import { maxUserRuleCount, type StoredUserRule, type UserRule, type UserRuleOf } from './user-rule.ts';
import { UserRules, type UserRulesOptions } from './user-rules.ts';

/**
 * Why a rule is not taken:
 * - `too-many-rules`: the tenant has {@link maxUserRuleCount} in force;
 * - `nothing-to-do`: what it says holds already;
 * - `different-services`: clusters of different services or namespaces cannot be one;
 * - `not-a-line`: masks and splits speak of a line's words; stack traces and parts of a split cluster can only be merged and renamed;
 * - `no-such-word`, `no-such-variable`: the template has none there;
 * - `personal-variable`: its values may not be stored;
 * - `changed-since-split`: learned rules have changed the cluster since it was split before: undo that split first.
 */
export type RuleFault =
  | 'too-many-rules'
  | 'nothing-to-do'
  | 'different-services'
  | 'not-a-line'
  | 'no-such-word'
  | 'no-such-variable'
  | 'personal-variable'
  | 'changed-since-split';

/** Says why a rule should not be added to those of a tenant; null when it may be. */
export function checkUserRule(rule: UserRule, options: UserRulesOptions): RuleFault | null {
  if (options.rules.length >= maxUserRuleCount) {
    return 'too-many-rules';
  }
  switch (rule.kind) {
    case 'merge':
      return checkMerge(rule, options);
    case 'mask':
      return checkMask(rule, options);
    case 'split':
      return checkSplit(rule, options);
    case 'rename': {
      const rules = new UserRules(options);
      return (rules.titleOf(rules.canonicalOf(rule.cluster).id) ?? '') === rule.title ? 'nothing-to-do' : null;
    }
  }
}

function checkMerge({ clusters, into }: UserRuleOf<'merge'>, options: UserRulesOptions): RuleFault | null {
  if (clusters.some(({ service, namespace }) => service !== into.service || namespace !== into.namespace)) {
    return 'different-services';
  }
  const rules = new UserRules(options);
  const ids = new Set([into, ...clusters].map((cluster) => rules.canonicalOf(cluster).id));
  return ids.size === 1 ? 'nothing-to-do' : null;
}

function checkMask(rule: UserRuleOf<'mask'>, options: UserRulesOptions): RuleFault | null {
  if (!isOfLines(rule.cluster)) {
    return 'not-a-line';
  }
  const before = new UserRules(options);
  const stored: StoredUserRule = { id: 'added', rule };
  if (before.isIdle(stored)) {
    return 'no-such-word';
  }
  const isKnown = options.rules.some((other) => other.rule.kind === 'mask' && isSameMask(other.rule, rule, options));
  return isKnown ? 'nothing-to-do' : null;
}

function isSameMask(known: UserRuleOf<'mask'>, rule: UserRuleOf<'mask'>, options: UserRulesOptions): boolean {
  const isCovered = known.isEverywhere || (!rule.isEverywhere && isSameOwner(known.cluster, rule.cluster));
  const generalise = options.generalise ?? ((key: ClusterKey) => key);
  return (
    isCovered &&
    generalise(known.cluster).fingerprint === generalise(rule.cluster).fingerprint &&
    known.word === rule.word &&
    known.occurrence === rule.occurrence
  );
}

function checkSplit(rule: UserRuleOf<'split'>, options: UserRulesOptions): RuleFault | null {
  if (!isOfLines(rule.cluster)) {
    return 'not-a-line';
  }
  const place = variablePlacesOf(templateOfSignature(rule.cluster.signature))[rule.variable];
  if (place === undefined) {
    return 'no-such-variable';
  }
  if (place.isPersonal) {
    return 'personal-variable';
  }
  const generalise = options.generalise ?? ((key: ClusterKey) => key);
  const now = generalise(rule.cluster).fingerprint;
  const others = options.rules.flatMap(({ rule: other }) =>
    other.kind === 'split' && generalise(other.cluster).fingerprint === now ? [other] : []
  );
  if (others.some(({ cluster }) => cluster.fingerprint !== rule.cluster.fingerprint)) {
    return 'changed-since-split';
  }
  const isKnown = others.some(
    (other) =>
      other.variable === rule.variable &&
      (other.isEverywhere || (!rule.isEverywhere && isSameOwner(other.cluster, rule.cluster)))
  );
  return isKnown ? 'nothing-to-do' : null;
}

function isOfLines({ fingerprint, signature }: ClusterKey): boolean {
  return signature !== '' && readSplitFingerprint(fingerprint) === null;
}

function isSameOwner(a: ClusterKey, b: ClusterKey): boolean {
  return a.service === b.service && a.namespace === b.namespace;
}
