import { EmbeddedScene, SceneAppPage, SceneReactObject } from '@grafana/scenes';
import { lazy, type ComponentType } from 'react';
import { administrationPath } from '../../plugin-paths';
import { t } from '../../translations';
import { TabFrame } from './TabFrame';

// Each tab is a chunk of its own: nobody but administrators loads them, and seldom all.
const HealthTab = lazy(async () => ({ default: (await import('./health/HealthTab')).HealthTab }));
const SettingsTab = lazy(async () => ({ default: (await import('./settings/SettingsTab')).SettingsTab }));
const RedactionTab = lazy(async () => ({ default: (await import('./redaction/RedactionTab')).RedactionTab }));
const NotificationsTab = lazy(async () => ({
  default: (await import('./notifications/NotificationsTab')).NotificationsTab,
}));
const ModelsTab = lazy(async () => ({ default: (await import('./models/ModelsTab')).ModelsTab }));
const KeysTab = lazy(async () => ({ default: (await import('./keys/KeysTab')).KeysTab }));
const TenantsTab = lazy(async () => ({ default: (await import('./tenants/TenantsTab')).TenantsTab }));
const JobsTab = lazy(async () => ({ default: (await import('./jobs/JobsTab')).JobsTab }));
const AuditTab = lazy(async () => ({ default: (await import('./audit/AuditTab')).AuditTab }));

/** Everything that administrators do; the server decides again what a caller may. */
export function administrationPage(): SceneAppPage {
  return new SceneAppPage({
    title: t('administration.title', 'Administration'),
    subTitle: t('administration.subtitle', 'The server and what it may do, for this organisation of Grafana'),
    url: administrationPath,
    routePath: 'administration/*',
    tabs: [
      tab('health', t('administration.tabs.health', 'Health'), HealthTab),
      tab('settings', t('administration.tabs.settings', 'Settings'), SettingsTab),
      tab('redaction', t('administration.tabs.redaction', 'Redaction'), RedactionTab),
      tab('notifications', t('administration.tabs.notifications', 'Notifications'), NotificationsTab),
      tab('models', t('administration.tabs.models', 'Language models'), ModelsTab),
      tab('keys', t('administration.tabs.keys', 'API keys'), KeysTab),
      tab('tenants', t('administration.tabs.tenants', 'Tenants'), TenantsTab),
      tab('jobs', t('administration.tabs.jobs', 'Jobs'), JobsTab),
      tab('audit', t('administration.tabs.audit', 'Audit'), AuditTab),
    ],
  });
}

function tab(name: string, title: string, component: ComponentType): SceneAppPage {
  return new SceneAppPage({
    title,
    url: `${administrationPath}/${name}`,
    routePath: name,
    getScene: () =>
      new EmbeddedScene({ body: new SceneReactObject({ component: TabFrame, props: { tab: component } }) }),
  });
}
