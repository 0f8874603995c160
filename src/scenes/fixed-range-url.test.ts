import { fixedRangeUrl } from './fixed-range-url';

describe('fixedRangeUrl', () => {
  it('writes a relative range out and keeps everything else', () => {
    const url = fixedRangeUrl('https://grafana.example/a/loghunter-app/clusters?from=now-1h&to=now&level=error', {
      from: '1795230000000',
      to: '1795233600000',
    });
    expect(url).toBe(
      'https://grafana.example/a/loghunter-app/clusters?from=1795230000000&to=1795233600000&level=error'
    );
  });
});
