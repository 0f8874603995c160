import { filterOfLabels, filterOfMatchers, readStreamMatchers } from './stream-matchers';

describe('readStreamMatchers', () => {
  it('reads names, operators and values in both kinds of quotes', () => {
    expect(readStreamMatchers('sum(rate({ app="a\\"b" , env=~`x|y`, team!="" } |= "{" [5m]))')).toEqual([
      { name: 'app', operator: '=', value: 'a"b' },
      { name: 'env', operator: '=~', value: 'x|y' },
      { name: 'team', operator: '!=', value: '' },
    ]);
  });

  it.each(['', 'rate(http_requests_total[5m])', '{', '{}', '{app=$app}', '{app="a"', '{app="a",'])(
    'reads nothing from %p',
    (expression) => {
      expect(readStreamMatchers(expression)).toEqual([]);
    }
  );
});

describe('filters', () => {
  it('take the most telling label, and words of a plain alternative one by one', () => {
    const matchers = readStreamMatchers('{job="shop/checkout", service_name=~"checkout|payments", namespace="shop"}');
    expect(filterOfMatchers(matchers)).toEqual({ service: ['checkout', 'payments'], namespace: ['shop'] });
  });

  it('leave out what they cannot say', () => {
    expect(filterOfMatchers(readStreamMatchers('{app=~"check.*", namespace!="shop"}'))).toEqual({
      service: [],
      namespace: [],
    });
  });

  it('read labels of a stream', () => {
    expect(filterOfLabels({ app: 'web', namespace: 'shop', pod: 'web-1' })).toEqual({
      service: ['web'],
      namespace: ['shop'],
    });
  });
});
