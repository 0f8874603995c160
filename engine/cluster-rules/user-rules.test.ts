import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../templates/index.ts';
import { applied, keyOf, ownIdOf, rulesOf, shownIdOf, traceKeyOf } from '../testing/ruled-clusters.ts';
import { idOfKey } from './cluster-key.ts';
import type { UserRule } from './user-rule.ts';

const mask = (line: string, word: string, isEverywhere = false, occurrence = 0): UserRule => ({
  kind: 'mask',
  cluster: keyOf(line),
  word,
  occurrence,
  isEverywhere,
});
const split = (line: string, variable: number, isEverywhere = false): UserRule => ({
  kind: 'split',
  cluster: keyOf(line),
  variable,
  isEverywhere,
});
const merge = (into: string, ...from: readonly string[]): UserRule => ({
  kind: 'merge',
  clusters: from.map((line) => keyOf(line)),
  into: keyOf(into),
});

describe('a merge', () => {
  it('makes clusters part of the one that was named', () => {
    const rules = applied(...rulesOf(merge('cache is warm', 'cache is hot')));
    expect(shownIdOf(rules, 'cache is hot')).toBe(ownIdOf('cache is warm'));
    expect(shownIdOf(rules, 'cache is warm')).toBe(ownIdOf('cache is warm'));
    expect(shownIdOf(rules, 'cache is cold')).toBe(ownIdOf('cache is cold'));
  });

  it('follows chains to the cluster that was merged into none', () => {
    const rules = applied(...rulesOf(merge('b b b', 'a a a'), merge('c c c', 'b b b')));
    expect(shownIdOf(rules, 'a a a')).toBe(ownIdOf('c c c'));
  });

  it('of clusters into each other is one cluster, with one of their ids', () => {
    const rules = applied(...rulesOf(merge('b b b', 'a a a'), merge('a a a', 'b b b')));
    expect(shownIdOf(rules, 'a a a')).toBe(shownIdOf(rules, 'b b b'));
    expect([ownIdOf('a a a'), ownIdOf('b b b')]).toContain(shownIdOf(rules, 'a a a'));
  });

  it('takes stack traces as well', () => {
    const trace = traceKeyOf('Error: no stock\n    at buy (/app/shop.js:1:2)\n    at pay (/app/shop.js:9:2)');
    const rules = applied(...rulesOf({ kind: 'merge', clusters: [trace], into: keyOf('no stock') }));
    expect(rules.canonicalOf(trace).id).toBe(ownIdOf('no stock'));
  });
});

describe('a mask', () => {
  it('makes lines that differ in the word only part of the cluster, also those that come later', () => {
    const rules = applied(...rulesOf(mask('queue orders is full', 'orders')));
    expect(shownIdOf(rules, 'queue returns is full')).toBe(ownIdOf('queue orders is full'));
    expect(shownIdOf(rules, 'queue 17 is full')).toBe(ownIdOf('queue orders is full'));
    expect(shownIdOf(rules, 'queue orders is empty')).toBe(ownIdOf('queue orders is empty'));
  });

  it('shows the word as a variable', () => {
    const rules = applied(...rulesOf(mask('queue orders is full', 'orders')));
    const cluster = { ...keyOf('queue orders is full'), id: ownIdOf('queue orders is full') };
    expect(rules.maskedTemplateOf(cluster)?.templateText).toBe('queue <*> is full');
    expect(rules.maskedTemplateOf({ ...cluster, id: ownIdOf('else') })).toBeNull();
    const wide = applied(
      ...rulesOf(mask('queue orders is full', 'orders', true), mask('queue orders is full', 'full'))
    );
    expect(wide.maskedTemplateOf(cluster)?.templateText).toBe('queue <*> is <*>');
    const billing = { service: 'billing', namespace: '', id: ownIdOf('queue orders is full', 'billing') };
    expect(wide.maskedTemplateOf(billing)?.templateText).toBe('queue <*> is full');
  });

  it('adds to another one of the same cluster', () => {
    const rules = applied(...rulesOf(mask('queue orders is full', 'orders'), mask('queue orders is full', 'full')));
    expect(shownIdOf(rules, 'queue returns is empty')).toBe(ownIdOf('queue orders is full'));
  });

  it('holds in its own service, or everywhere when that was asked for', () => {
    const own = applied(...rulesOf(mask('queue orders is full', 'orders')));
    expect(shownIdOf(own, 'queue returns is full', 'billing')).toBe(ownIdOf('queue returns is full', 'billing'));
    const wide = applied(...rulesOf(mask('queue orders is full', 'orders', true)));
    expect(shownIdOf(wide, 'queue returns is full', 'billing')).toBe(ownIdOf('queue orders is full', 'billing'));
    expect(renderTemplate(wide.canonicalOf(keyOf('queue returns is full', 'billing')).template)).toBe(
      'queue <*> is full'
    );
  });

  it('chooses the word by its occurrence', () => {
    const rules = applied(...rulesOf(mask('from east to east', 'east', false, 1)));
    expect(shownIdOf(rules, 'from east to west')).toBe(ownIdOf('from east to east'));
    expect(shownIdOf(rules, 'from west to east')).toBe(ownIdOf('from west to east'));
  });

  it('keeps levels of structured lines apart', () => {
    const error = '{"level":"error","msg":"queue orders is full"}';
    const rules = applied(...rulesOf(mask(error, 'orders')));
    expect(shownIdOf(rules, error.replace('orders', 'returns'))).toBe(ownIdOf(error));
    const info = error.replace('error', 'info').replace('orders', 'returns');
    expect(shownIdOf(rules, info)).toBe(ownIdOf(info));
  });

  it('is idle when learned rules have opened its word', () => {
    const stored = rulesOf(mask('queue orders is full', 'missing'));
    const rules = applied(...stored);
    expect(stored.map((rule) => rules.isIdle(rule))).toEqual([true]);
    expect(shownIdOf(rules, 'queue orders is full')).toBe(ownIdOf('queue orders is full'));
  });
});

describe('a split', () => {
  const line = 'job 1 of import-7 ended with code 3';

  it('makes lines with different values different clusters, and leaves other places variable', () => {
    const rules = applied(...rulesOf(split(line, 2)));
    const withCode = (code: number, job = 1) => shownIdOf(rules, `job ${job} of import-7 ended with code ${code}`);
    expect(withCode(3)).not.toBe(withCode(4));
    expect(withCode(3)).toBe(withCode(3, 99));
    expect(rules.partOf(line, keyOf(line))?.template.at(-1)).toEqual({ kind: 'text', text: ' ended with code 3' });
  });

  it('in two places counts both values', () => {
    const both = applied(...rulesOf(split(line, 2), split(line, 0)));
    expect(shownIdOf(both, line)).not.toBe(shownIdOf(both, line.replace('job 1', 'job 2')));
  });

  it('that is undone gives the parts back to the cluster, or to the parts of the split that remains', () => {
    const stored = rulesOf(split(line, 2), split(line, 0));
    const parts = applied(...stored).partOf(line, keyOf(line))?.key ?? keyOf('none');
    const undo = (...ids: readonly string[]) => applied(...stored.filter(({ id }) => !ids.includes(id)));
    expect(undo('rule-0', 'rule-1').canonicalOf(parts).id).toBe(ownIdOf(line));
    expect(undo('rule-1').canonicalOf(parts).id).toBe(shownIdOf(applied(...rulesOf(split(line, 2))), line));
    expect(undo('rule-1').canonicalOf(parts).template.at(-1)).toEqual({ kind: 'text', text: ' ended with code 3' });
  });

  it('does not keep what may not be stored', () => {
    const mail = 'contact said bob@example.com now';
    const rules = applied(...rulesOf(split(mail, 0)));
    expect(rules.partOf(mail, keyOf(mail))).toBeNull();
    expect(shownIdOf(rules, mail)).toBe(ownIdOf(mail));
  });

  it('of a cluster that a mask made reaches all its lines', () => {
    const rules = applied(...rulesOf(mask('queue orders took 5', 'orders'), split('queue orders took 5', 0)));
    expect(shownIdOf(rules, 'queue orders took 5')).not.toBe(shownIdOf(rules, 'queue orders took 6'));
    expect(shownIdOf(rules, 'queue returns took 5')).toBe(shownIdOf(rules, 'queue orders took 5'));
    const part = rules.partOf('queue returns took 5', keyOf('queue returns took 5'));
    expect(renderTemplate(part?.template ?? [])).toBe('queue <*> took 5');
    expect(shownIdOf(rules, 'queue returns took 6')).toBe(shownIdOf(rules, 'queue orders took 6'));
  });

  it('goes before a merge: the parts are clusters of their own', () => {
    const rules = applied(...rulesOf(split('took 5', 0), merge('else happened', 'took 5')));
    const ids = ['took 5', 'took 6', 'else happened'].map((text) => shownIdOf(rules, text));
    expect(new Set(ids).size).toBe(3);
    expect(rules.canonicalOf(keyOf('took 5')).id).toBe(ownIdOf('else happened'));
  });
});

describe('a title', () => {
  const rename = (line: string, title: string): UserRule => ({ kind: 'rename', cluster: keyOf(line), title });

  it('is the newest one of its cluster', () => {
    const rules = applied(...rulesOf(rename('a a a', 'first'), rename('a a a', 'second'), rename('b b b', '')));
    expect(rules.titleOf(ownIdOf('a a a'))).toBe('second');
    expect(rules.titleOf(ownIdOf('b b b'))).toBeNull();
  });

  it('goes with a cluster that is merged, unless the other one has its own', () => {
    const one = applied(...rulesOf(rename('a a a', 'of a'), merge('b b b', 'a a a')));
    expect(one.titleOf(ownIdOf('b b b'))).toBe('of a');
    const two = applied(...rulesOf(rename('b b b', 'of b'), rename('a a a', 'of a'), merge('b b b', 'a a a')));
    expect(two.titleOf(ownIdOf('b b b'))).toBe('of b');
  });
});

describe('the rules that took part', () => {
  it('are named in the order in which they apply', () => {
    const rules = applied(
      ...rulesOf(merge('else happened', 'queue orders is full'), mask('queue orders is full', 'orders'))
    );
    expect(rules.canonicalOf(keyOf('queue returns is full')).ruleIds).toEqual(['rule-1', 'rule-0']);
    expect(rules.canonicalOf(keyOf('nothing here')).ruleIds).toEqual([]);
  });

  it('give the key with the id', () => {
    const rules = applied(...rulesOf(merge('cache is warm', 'cache is hot')));
    const { id, key } = rules.canonicalOf(keyOf('cache is hot'));
    expect(idOfKey('6d0e6f2e-1111-4222-8333-444455556666', key)).toBe(id);
  });
});
