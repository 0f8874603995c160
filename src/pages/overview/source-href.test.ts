import { sourceHref } from './source-href';

describe('the way from a source to its clusters', () => {
  it.each([
    ['cart', ['cart']],
    ['', ['$__all']],
  ])('of the service "%s" leaves no service that was set before', (service, expected) => {
    const { searchParams } = new URL(
      sourceHref(service, '?from=now-2h&var-service=mail&var-service=checkout'),
      'http://grafana.example'
    );
    expect(searchParams.getAll('var-service')).toEqual(expected);
    expect(searchParams.get('from')).toBe('now-2h');
  });
});
