import { hasIncidentFilters, incidentSettingsFromUrl, incidentSettingsToUrl } from './incident-settings';

const chosen = {
  severities: ['high', 'critical'],
  kinds: ['silence'],
  state: 'open',
  isUnacknowledgedOnly: true,
  assignee: 'me',
  text: 'carts',
  page: 3,
} as const;

describe('settings of the list of incidents', () => {
  it('come back from the URL as they went', () => {
    expect(incidentSettingsFromUrl(incidentSettingsToUrl(chosen))).toEqual(chosen);
  });

  it('take nothing from a URL that makes no sense', () => {
    const settings = incidentSettingsFromUrl({ severity: 'huge', kind: ['x', 'dip'], state: 'maybe', page: '-2' });
    expect(settings).toEqual({
      severities: [],
      kinds: ['dip'],
      state: undefined,
      isUnacknowledgedOnly: false,
      assignee: '',
      text: '',
      page: 1,
    });
  });

  it('know whether they hide anything', () => {
    expect(hasIncidentFilters(incidentSettingsFromUrl({}))).toBe(false);
    for (const hiding of [{ unacknowledged: 'true' }, { assignee: 'me' }, { q: 'carts' }]) {
      expect(hasIncidentFilters(incidentSettingsFromUrl(hiding))).toBe(true);
    }
  });
});
