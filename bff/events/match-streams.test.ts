import { describe, expect, test } from 'vitest';
import { matchStreams } from './match-streams.ts';

function textOf(streams: ReadonlyArray<Readonly<Record<string, string>>>, maxAlternatives = 10): readonly string[] {
  return matchStreams(streams, maxAlternatives).map(({ name, operator, value }) => `${name}${operator}${value}`);
}

describe('matchers of streams', () => {
  test('name the values of the labels that all of them have', () => {
    const streams = [
      { app: 'a', pod: '1', zone: 'x' },
      { app: 'a', pod: '2' },
    ];
    expect(textOf(streams)).toEqual(['app=a', 'pod=~1|2']);
  });

  test('leave a label out that has more values than are wanted, and say of the only one that it is there', () => {
    const pods = Array.from({ length: 11 }, (_unused, index) => ({ app: 'a', pod: `p${index}` }));
    expect(textOf(pods)).toEqual(['app=a']);
    expect(textOf(pods.map(({ pod }) => ({ pod })))).toEqual(['pod=~.+']);
  });

  test('leave a label out whose values would make the query too long', () => {
    const files = Array.from({ length: 9 }, (_unused, index) => ({ app: 'a', file: `/${'x'.repeat(2000)}${index}` }));
    expect(textOf(files)).toEqual(['app=a']);
  });

  test('take labels for what they are that are named like members of objects', () => {
    expect(textOf([{ constructor: 'x', app: 'a' }, { app: 'b' }])).toEqual(['app=~a|b']);
  });
});
