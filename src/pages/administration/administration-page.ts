import { EmbeddedScene, SceneAppPage, SceneReactObject } from '@grafana/scenes';
import { administrationPath } from '../../plugin-paths';
import { t } from '../../translations';
import { AuditTab } from './audit/AuditTab';
import { HealthTab } from './health/HealthTab';
import { JobsTab } from './jobs/JobsTab';
import { KeysTab } from './keys/KeysTab';
import { RedactionTab } from './redaction/RedactionTab';
import { SettingsTab } from './settings/SettingsTab';
import { TenantsTab } from './tenants/TenantsTab';

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
      tab('keys', t('administration.tabs.keys', 'API keys'), KeysTab),
      tab('tenants', t('administration.tabs.tenants', 'Tenants'), TenantsTab),
      tab('jobs', t('administration.tabs.jobs', 'Jobs'), JobsTab),
      tab('audit', t('administration.tabs.audit', 'Audit'), AuditTab),
    ],
  });
}

function tab(name: string, title: string, component: React.ComponentType): SceneAppPage {
  return new SceneAppPage({
    title,
    url: `${administrationPath}/${name}`,
    routePath: name,
    getScene: () => new EmbeddedScene({ body: new SceneReactObject({ component }) }),
  });
}
