import { namedClusters, reachText, ruleText } from './rule-words';

describe('words of a rule', () => {
  it.each([
    [
      { kind: 'mask', clusterId: 'c', word: 'eu-west', reach: 'everywhere' },
      'The word “eu-west” varies',
      'in every service',
    ],
    [
      { kind: 'split', clusterId: 'c', variable: 0 },
      'Each value at variable place 1 is a cluster',
      'in its own service',
    ],
    [{ kind: 'rename', clusterId: 'c', title: 'A & B' }, 'Called “A & B”', ''],
    [{ kind: 'rename', clusterId: 'c', title: '' }, 'No title', ''],
  ] as const)('say what %j does', (rule, text, reach) => {
    expect(ruleText(rule)).toBe(text);
    expect(reachText(rule)).toBe(reach);
  });

  it('name the cluster that is shown first', () => {
    expect(namedClusters({ kind: 'merge', clusterIds: ['a', 'b'], intoId: 'c' })).toEqual(['c', 'a', 'b']);
  });
});
