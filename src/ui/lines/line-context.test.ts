import { contextHref, streamSelector } from './line-context';

describe('what stood around a line', () => {
  it('is looked for in its own stream, a minute to both sides', () => {
    const href = contextHref({ timestampNs: '1764331200123456789', labels: { app: 'shop', path: 'C:\\a "b"' } });
    const { searchParams } = new URL(href, 'http://grafana.example');
    expect(Object.fromEntries(searchParams)).toEqual({
      logql: '{app="shop", path="C:\\\\a \\"b\\""}',
      from: '1764331140123',
      to: '1764331260123',
    });
  });

  it('names no label that the stream does not have', () => {
    expect(streamSelector({})).toBe('{}');
  });
});
