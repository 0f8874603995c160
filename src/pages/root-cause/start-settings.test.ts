import { startRequestOf, startSettingsFromUrl, startSettingsToUrl, startWindows } from './start-settings';

const id = '6f9619ff-8b86-4011-b42d-00c04fc964ff';

describe('an entry link', () => {
  it.each(['incident', 'cluster'] as const)('names the %s by its id', (kind) => {
    expect(startRequestOf(startSettingsFromUrl({ [kind]: id }))).toEqual({ subject: { kind, id } });
  });

  it('names a service with its time, in either form of the API', () => {
    const settings = startSettingsFromUrl({ service: 'checkout', from: '2026-11-28T10:00:00Z', to: '1795863600000' });
    expect(startRequestOf(settings)).toEqual({
      subject: { kind: 'service', service: 'checkout' },
      incident: { from: '1795860000000', to: '1795863600000' },
    });
  });

  it('leaves the time to the server where none is given or it cannot be read', () => {
    const settings = startSettingsFromUrl({ service: 'checkout', from: 'yesterday', to: '' });
    expect(startRequestOf(settings)).toEqual({ subject: { kind: 'service', service: 'checkout' } });
  });

  it('comes back from the URL as it went', () => {
    const settings = startSettingsFromUrl({
      trace: 'ab12-cd',
      baselineFrom: '10',
      baselineTo: '20',
      investigation: id,
    });
    expect(startSettingsFromUrl(startSettingsToUrl(settings))).toEqual(settings);
  });
});

describe('the windows of a start form', () => {
  const nowMs = 1_795_863_612_345;

  it('are those that are set, else the last half hour of a service by whole minutes, else not known', () => {
    const set = startSettingsFromUrl({ incident: id, from: '10', to: '20', baselineFrom: '1', baselineTo: '9' });
    expect(startWindows(set, nowMs)).toEqual({ bad: { from: '10', to: '20' }, fine: { from: '1', to: '9' } });
    expect(startWindows(startSettingsFromUrl({ service: 'cart' }), nowMs)).toEqual({
      bad: { from: '1795861800000', to: '1795863600000' },
      fine: undefined,
    });
    expect(startWindows(startSettingsFromUrl({ incident: id }), nowMs).bad).toBeUndefined();
    expect(startWindows(startSettingsFromUrl({ service: 'cart', from: '20', to: '10' }), nowMs).bad).toBeUndefined();
  });
});

describe('a start form that cannot be sent', () => {
  it.each([
    ['has no service', { service: '' }],
    ['has an id that is none', { incident: 'x' }],
    ['has a trace id that no line holds', { trace: '../..' }],
    ['ends before it begins', { service: 'a', from: '20', to: '10' }],
    ['has a baseline that ends before it begins', { service: 'a', baselineFrom: '20', baselineTo: '10' }],
  ])('%s', (_, values) => {
    expect(startRequestOf(startSettingsFromUrl(values))).toBeUndefined();
  });
});
