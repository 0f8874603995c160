// Must be the first import of the host: @grafana/runtime reads grafanaBootData while it is evaluated.
import { OrgRole, type CurrentUserDTO } from '@grafana/data';

const wanted =
  new URLSearchParams(window.location.search).get('theme') ?? window.localStorage.getItem('loghunter.preview.theme');
const theme = wanted === 'light' ? 'light' : 'dark';

/** Who looks, and as what: `?user=ada&role=Editor`, kept for the tab's later pages. The preview's server reads the same cookie. */
const cookieName = 'loghunter-preview-user';
const asked = new URLSearchParams(window.location.search);
const [, storedLogin, storedRole] = new RegExp(`${cookieName}=([a-z0-9-]+):(\\w+)`).exec(document.cookie) ?? [];
const login = asked.get('user') ?? storedLogin ?? 'admin';
const roles = [OrgRole.Viewer, OrgRole.Editor, OrgRole.Admin] as const;
const role = roles.find((known) => known === (asked.get('role') ?? storedRole)) ?? OrgRole.Admin;
document.cookie = `${cookieName}=${login}:${role}; path=/; samesite=strict`;

export const previewUser: CurrentUserDTO = {
  id: 1,
  uid: login,
  isSignedIn: true,
  login,
  name: login,
  email: '',
  externalUserId: '',
  authenticatedBy: '',
  gravatarUrl: '',
  isGrafanaAdmin: role === OrgRole.Admin,
  analytics: { identifier: '' },
  orgCount: 1,
  orgId: 1,
  orgName: 'Preview',
  orgRole: role,
  permissions: {},
  timezone: 'browser',
  weekStart: 'monday',
  language: 'en-US',
  regionalFormat: 'en-US',
  theme,
  lightTheme: theme === 'light',
};

const settings = {
  buildInfo: { version: '12.4.0', env: 'production', edition: 'Open Source' },
  appSubUrl: '',
  appUrl: `${window.location.origin}/`,
  namespace: 'default',
  minRefreshInterval: '5s',
  // Grafana 12.4 switches it on; without it panels have another padding.
  featureToggles: { newPanelPadding: true },
  datasources: {},
  panels: {},
  apps: {},
  defaultDatasource: '',
  unifiedAlerting: {},
};

// Icons are fetched from <public path>build/img/icons/, fonts from <public path>fonts/.
Object.assign(window, {
  __grafana_public_path__: '/public/',
  grafanaBootData: { assets: {}, navTree: [], user: previewUser, settings },
});

/** Loads the page again in the other theme: Grafana too builds its theme once, at start. */
export function switchTheme(): void {
  window.localStorage.setItem('loghunter.preview.theme', theme === 'light' ? 'dark' : 'light');
  const url = new URL(window.location.href);
  url.searchParams.delete('theme');
  window.location.assign(url);
}

/** Loads the page again as somebody with the next role. */
export function switchRole(): void {
  const next = roles[(roles.findIndex((known) => known === role) + 1) % roles.length] ?? OrgRole.Admin;
  document.cookie = `${cookieName}=${login}:${next}; path=/; samesite=strict`;
  const url = new URL(window.location.href);
  url.searchParams.delete('role');
  url.searchParams.delete('user');
  window.location.assign(url);
}
