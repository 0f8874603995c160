import { layoutGraph, type GraphEdge } from './propagation-layout';

function layers(names: string, edges: readonly GraphEdge[]): string {
  const placed = layoutGraph(
    [...names].map((id) => ({ id })),
    edges
  );
  const rows: string[][] = [];
  for (const { node, layer, place } of placed) {
    (rows[layer] ??= [])[place] = node.id;
  }
  return rows.map((row) => row.join('')).join(' ');
}

function edges(...pairs: string[]): GraphEdge[] {
  return pairs.map(([from = '', to = '']) => ({ from, to }));
}

describe('layoutGraph', () => {
  it('puts whoever received the trouble behind whom it came from', () => {
    expect(layers('cba', edges('ab', 'bc'))).toBe('a b c');
  });

  it('puts a node behind its farthest predecessor', () => {
    expect(layers('abcd', edges('ab', 'bc', 'ad', 'cd'))).toBe('a b c d');
  });

  it('keeps edges from crossing', () => {
    expect(layers('abxy', edges('ay', 'bx'))).toBe('ab yx');
  });

  it('draws a graph that goes in circles', () => {
    expect(layers('abc', edges('ab', 'bc', 'cb'))).toBe('a b c');
    expect(layers('ab', edges('ab', 'ba'))).toBe('a b');
  });

  it('keeps nodes without edges, and ignores edges of nobody and to oneself', () => {
    expect(layers('ab', edges('ax', 'aa'))).toBe('ab');
  });

  it('takes an empty graph', () => {
    expect(layoutGraph([], [])).toEqual([]);
  });
});
