import { AppPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import React, { lazy, Suspense } from 'react';
import type { ClusterListV1Props } from './extensions/ClusterListV1';
import { addLinks } from './extensions/links';
import pluginJson from './plugin.json';

// Grafana loads this file for every visitor once an extension point needs it: pages and Scenes stay in chunks of their own.
const importApp = () => import('./pages/LogHunterApp');

/**
 * Who opens a page of the app in a new tab has its chunks fetched while Grafana still prepares to draw it. A failure is told by who needs
 * them; others' pages get nothing but this file.
 */
function fetchAhead(): void {
  const { pathname } = window.location;
  if (pathname.includes(`/a/${pluginJson.id}/`)) {
    importApp().catch(() => undefined);
    if (/\/clusters\/?$/.test(pathname)) {
      import('./pages/clusters/ClusterListView').catch(() => undefined);
    }
  }
}

const LazyApp = lazy(async () => {
  // Scenes calls t() while its objects are built, so translations come first. Its own texts stay English, as the plugin's are.
  await initPluginTranslations(pluginJson.id);
  const { LogHunterApp } = await importApp();
  return { default: LogHunterApp };
});

const LazyConfiguration = lazy(async () => {
  await initPluginTranslations(pluginJson.id);
  const { ConfigurationPage } = await import('./pages/configuration/ConfigurationPage');
  return { default: ConfigurationPage };
});

const LazyClusterList = lazy(async () => {
  await initPluginTranslations(pluginJson.id);
  const { ClusterListV1 } = await import('./extensions/ClusterListV1');
  return { default: ClusterListV1 };
});

function Root() {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading LogHunter" />}>
      <LazyApp />
    </Suspense>
  );
}

function Configuration() {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading configuration" />}>
      <LazyConfiguration />
    </Suspense>
  );
}

function ClusterList(props: ClusterListV1Props) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading clusters" />}>
      <LazyClusterList {...props} />
    </Suspense>
  );
}

export const plugin = new AppPlugin()
  .setRootPage(Root)
  .addConfigPage({ id: 'configuration', title: 'Configuration', icon: 'cog', body: Configuration });

addLinks(plugin);
fetchAhead();
plugin.exposeComponent<ClusterListV1Props>({
  id: 'loghunter-app/cluster-list/v1',
  title: 'Clusters of a service',
  description: 'The most frequent groups of like log lines',
  component: ClusterList,
});
