import { describe, expect, it } from 'vitest';
import { createClusterer, type Clusterer } from './clusterer.ts';
import { renderTemplate } from './render-template.ts';

// Of the web platform, not of Node; the engine is compiled without either's types.
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

function addAll(clusterer: Clusterer, lines: readonly string[]): number[] {
  const ids = lines.map((line) => clusterer.add(line));
  return ids.map((id) => clusterer.resolve(id));
}

const names = ['amy', 'bob', 'cid', 'dan', 'eve', 'fay', 'gil', 'hal'];

describe('clusterer', () => {
  it('gives lines that differ in masked values one id at once', () => {
    const clusterer = createClusterer();
    expect(clusterer.add('took 5 ms')).toBe(clusterer.add('took 77 s'));
    expect(clusterer.clusterCount).toBe(1);
  });

  it('takes lines as bytes as it takes them as text, broken ones too', () => {
    const clusterer = createClusterer();
    const bytes = Uint8Array.from([...new TextEncoder().encode('Größe 5 ok'), 0xff, 0xfe]);
    const first = clusterer.addBytes(bytes, 0, bytes.length - 2);
    expect(clusterer.add('Größe 7 ok')).toBe(first);
    expect(clusterer.addBytes(bytes, 0, bytes.length)).toBe(clusterer.add('Größe 7 ok\ufffd\ufffd'));
    expect(clusterer.addBytes(bytes, 0, 0)).toBe(clusterer.add(''));
  });

  it('opens a slot when enough distinct values were seen', () => {
    const clusterer = createClusterer();
    const ids = addAll(
      clusterer,
      names.map((name) => `Invalid user ${name} from 10.0.0.1`)
    );
    expect(new Set(ids).size).toBe(1);
    expect(renderTemplate(clusterer.templateOf(ids[0] ?? 0))).toBe('Invalid user <*> from <*>');
  });

  it('keeps two states apart', () => {
    const clusterer = createClusterer();
    const ids = addAll(clusterer, ['service web is up now', 'service web is down now']);
    expect(new Set(ids).size).toBe(2);
  });

  it('opens a slot at once when a masked value stands in it too', () => {
    const clusterer = createClusterer();
    const ids = addAll(clusterer, ['job nightly has ended', 'job 17 has ended']);
    expect(new Set(ids).size).toBe(1);
  });

  it('opens bracket bodies of different length', () => {
    const clusterer = createClusterer();
    const bodies = ['', 'a b', 'c', 'd e f', 'g, h', 'i j k', 'l', 'm n o', 'p q r s', 't u', 'v w'];
    const ids = addAll(
      clusterer,
      bodies.map((body) => `set of members changed to [${body}] by request`)
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('opens two slots that vary together', () => {
    const clusterer = createClusterer();
    const lines = names.map(
      (name, index) => `copied table ${name} to shard ${names[(index * 3 + 1) % 8]} without loss`
    );
    expect(new Set(addAll(clusterer, lines)).size).toBe(1);
  });

  it('keeps ids given before a merge resolvable', () => {
    const clusterer = createClusterer();
    const first = clusterer.add('Invalid user amy from here');
    names.forEach((name) => clusterer.add(`Invalid user ${name} from here`));
    const late = clusterer.add('Invalid user zoe from here');
    expect(clusterer.resolve(first)).toBe(clusterer.resolve(late));
    expect(clusterer.resolve(clusterer.resolve(first))).toBe(clusterer.resolve(first));
  });

  it('counts lines that found no place', () => {
    const clusterer = createClusterer({ maxClusterCount: 2 });
    expect(['one thing', 'other matter', 'third case', 'third case'].map((line) => clusterer.add(line))).toEqual([
      1, 2, 0, 0,
    ]);
    expect(clusterer.unclusteredCount).toBe(2);
    expect(clusterer.add('one thing')).toBe(1);
    expect(clusterer.resolve(0)).toBe(0);
    expect(clusterer.templateOf(0)).toEqual([]);
    expect(clusterer.signatureOf(0)).toBe('');
  });

  it('applies given rules from the first line on and learns nothing more', () => {
    const learner = createClusterer();
    names.forEach((name) => learner.add(`Invalid user ${name} from here`));
    const rules = JSON.parse(JSON.stringify(learner.rules())) as ReturnType<Clusterer['rules']>;
    expect(rules).toContainEqual({ kind: 'open', context: '', pattern: 'Invalid user <?> from here' });
    const clusterer = createClusterer({ rules });
    expect(clusterer.add('Invalid user xia from here')).toBe(clusterer.add('Invalid user yan from here'));
    names.forEach((name) => clusterer.add(`queue ${name} is drained`));
    expect(clusterer.rules()).toEqual(rules);
    expect(clusterer.clusterCount).toBe(1 + names.length);
  });

  it('names a cluster by a signature that does not depend on order', () => {
    const lines = names.map((name) => `Invalid user ${name} from here`);
    const first = createClusterer();
    const second = createClusterer();
    const firstIds = addAll(first, lines);
    const secondIds = addAll(second, [...lines].reverse());
    expect(first.signatureOf(firstIds[0] ?? 0)).toBe('Invalid user <?> from here');
    expect(second.signatureOf(secondIds[0] ?? 0)).toBe('Invalid user <?> from here');
  });

  it('forgets evidence rather than grow without bound', () => {
    const clusterer = createClusterer({ maxContextCount: 100, maxClusterCount: 5000 });
    for (let index = 0; index < 3000; index++) {
      clusterer.add(`${names[index % 8]} ${index.toString(2).replaceAll('0', 'a').replaceAll('1', 'b')} said so`);
    }
    expect(clusterer.unclusteredCount).toBe(0);
    expect(clusterer.clusterCount).toBeGreaterThan(0);
  });
});
