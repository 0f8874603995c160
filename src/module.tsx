import { AppPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import React, { lazy, Suspense } from 'react';
import type { ClusterListV1Props } from './extensions/ClusterListV1';
import { addLinks } from './extensions/links';
import pluginJson from './plugin.json';

// Grafana loads this file for every visitor once an extension point needs it: pages and Scenes stay in chunks of their own.
const LazyApp = lazy(async () => {
  // Scenes calls t() while its objects are built, so translations come first. Its own texts stay English, as the plugin's are.
  await initPluginTranslations(pluginJson.id);
  const app = import('./pages/LogHunterApp');
  if (/\/clusters\/?$/.test(window.location.pathname)) {
    // Fetched with the app, not after it: who opens the list in a new tab waits once. The list itself tells when it cannot be had.
    import('./pages/clusters/ClusterListView').catch(() => undefined);
  }
  const { LogHunterApp } = await app;
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
plugin.exposeComponent<ClusterListV1Props>({
  id: 'loghunter-app/cluster-list/v1',
  title: 'Clusters of a service',
  description: 'The most frequent groups of like log lines',
  component: ClusterList,
});
