import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeLine } from './analyze-line.ts';
import { keyOfRule, toLineRule, type LineRule } from './line-rule.ts';
import { packSignature } from './packed-signature.ts';
import { signatureTextOf } from './same-signatures.ts';
import { createSignatureGroups, type SignatureGroups } from './signature-groups.ts';

const names = [
  'alpha',
  'bravo',
  'carol',
  'delta',
  'erin',
  'frank',
  'grace',
  'heidi',
  'ivan',
  'judy',
  'mallory',
  'niaj',
];
const things = ['pool', 'cache', 'queue', 'index', 'shard', 'topic', 'ledger', 'bucket', 'mirror', 'replica'];
/** Statements with one free place, two, a quoted one, and one that ends in another's words. */
const statements: ReadonlyArray<(name: string, thing: string) => string> = [
  (name) => `session of user ${name} was closed by peer`,
  (name, thing) => `worker ${name} cannot reach ${thing} within the limit`,
  (name, thing) => `request for "${name} ${thing}" was refused with status 503`,
  (name, thing) => `state changed reason=${thing} owner=${name} after 12 ms`,
  (name) => `session of user ${name} was opened by peer`,
  (_, thing) => `${thing} compaction finished in 17 ms without errors`,
  () => 'listening on port 8080',
];

const lines = fc
  .array(fc.tuple(fc.constantFrom(...statements), fc.constantFrom(...names), fc.constantFrom(...things)), {
    minLength: 20,
    maxLength: 250,
  })
  .map((picks) => picks.map(([statement, name, thing]) => signatureOf(statement(name, thing))));

function signatureOf(line: string): string {
  return packSignature(analyzeLine(line));
}

function learnAll(groups: SignatureGroups, signatures: readonly string[]): readonly LineRule[] {
  signatures.forEach((signature) => groups.learn(signature));
  return groups.learnedRules();
}

/** Groups with rules as a store gives them back. */
function groupsWith(rules: readonly LineRule[]): SignatureGroups {
  const groups = createSignatureGroups();
  groups.addRules(rules.flatMap((rule) => toLineRule(rule.kind, { ...rule }) ?? []));
  return groups;
}

/** Lets replicas store what they learned and take in the others' rules until nobody learns anything. */
function replicate(replicas: readonly SignatureGroups[]): readonly LineRule[] {
  const stored = new Map<string, LineRule>();
  for (let isQuiet = false; !isQuiet;) {
    isQuiet = true;
    for (const replica of replicas) {
      for (const rule of replica.learnedRules()) {
        isQuiet = false;
        stored.set(keyOfRule(rule), rule);
      }
      replicas.forEach((other) => other.addRules([...stored.values()]));
    }
  }
  return [...stored.values()];
}

describe('rules of lines', () => {
  it('give every signature the same canonical one in whatever order they come', () => {
    fc.assert(
      fc.property(lines, fc.infiniteStream(fc.double({ noNaN: true })), (signatures, keys) => {
        const rules = learnAll(createSignatureGroups(), signatures);
        const shuffled = rules
          .map((rule) => ({ rule, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ rule }) => rule);
        const [one, two] = [groupsWith(rules), groupsWith(shuffled)];
        for (const signature of new Set(signatures)) {
          expect(signatureTextOf(two.canonical(signature))).toBe(signatureTextOf(one.canonical(signature)));
        }
      }),
      { numRuns: 60 }
    );
  });

  it('are all that decides: whoever learned them answers as who only read them', () => {
    fc.assert(
      fc.property(lines, (signatures) => {
        const learner = createSignatureGroups();
        const reader = groupsWith(learnAll(learner, signatures));
        for (const signature of new Set(signatures)) {
          expect(signatureTextOf(reader.canonical(signature))).toBe(signatureTextOf(learner.canonical(signature)));
        }
      }),
      { numRuns: 60 }
    );
  });

  it('of several replicas come to one answer, and what one replica had together stays together', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 2, max: 3 }), fc.infiniteStream(fc.nat()), (signatures, count, picks) => {
        const shares = Array.from({ length: count }, (): string[] => []);
        signatures.forEach((signature) => shares[picks.next().value % count]?.push(signature));
        const replicas = shares.map(() => createSignatureGroups());
        replicas.forEach((replica, index) => learnAll(replica, shares[index] ?? []));
        const before = replicas.map((replica, index) => groupsOf(replica, shares[index] ?? []));
        const fresh = groupsWith(replicate(replicas));
        for (const signature of new Set(signatures)) {
          const answers = new Set([fresh, ...replicas].map((groups) => signatureTextOf(groups.canonical(signature))));
          expect(answers.size).toBe(1);
        }
        for (const together of before.flat()) {
          expect(new Set(together.map((signature) => signatureTextOf(fresh.canonical(signature)))).size).toBe(1);
        }
      }),
      { numRuns: 60 }
    );
  });

  it('lead a canonical signature to itself', () => {
    fc.assert(
      fc.property(lines, (signatures) => {
        const groups = groupsWith(learnAll(createSignatureGroups(), signatures));
        for (const signature of new Set(signatures)) {
          const canonical = groups.canonical(signature);
          expect(groups.canonical(canonical)).toBe(canonical);
        }
      }),
      { numRuns: 60 }
    );
  });
});

describe('learning', () => {
  const users = names.map((name) => signatureOf(`session of user ${name} was closed by peer`));

  it('waits for enough evidence', () => {
    const groups = createSignatureGroups();
    expect(learnAll(groups, users.slice(0, 2))).toEqual([]);
    expect(groups.canonical(users[0] ?? '')).toBe(users[0]);
    expect(learnAll(groups, users).length).toBeGreaterThan(0);
    expect(new Set(users.map((signature) => groups.canonical(signature))).size).toBe(1);
  });

  it('stops at the bound of signatures, and still applies rules', () => {
    const groups = createSignatureGroups({ maxSignatureCount: 2 });
    expect(learnAll(groups, users)).toEqual([]);
    groups.addRules(learnAll(createSignatureGroups(), users));
    expect(new Set(users.map((signature) => groups.canonical(signature))).size).toBe(1);
  });

  it('forgets that it learned what is stored', () => {
    const groups = createSignatureGroups();
    groups.addRules(learnAll(groups, users));
    expect(groups.learnedRules()).toEqual([]);
  });
});

function groupsOf(groups: SignatureGroups, signatures: readonly string[]): ReadonlyArray<readonly string[]> {
  return [...Map.groupBy(new Set(signatures), (signature) => signatureTextOf(groups.canonical(signature))).values()];
}
