import { AppPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { LoadingPlaceholder } from '@grafana/ui';
import React, { lazy, Suspense } from 'react';

// Grafana loads this file for every visitor once an extension point needs it: pages and Scenes stay in chunks of their own.
const LazyApp = lazy(async () => {
  // Scenes calls t() while its objects are built, so its translations come first.
  const { loadResources } = await import('@grafana/scenes');
  await initPluginTranslations('grafana-scenes', [loadResources]);
  const { LogHunterApp } = await import('./pages/LogHunterApp');
  return { default: LogHunterApp };
});

const LazyConfiguration = lazy(async () => {
  const { ConfigurationPage } = await import('./pages/configuration/ConfigurationPage');
  return { default: ConfigurationPage };
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

export const plugin = new AppPlugin()
  .setRootPage(Root)
  .addConfigPage({ id: 'configuration', title: 'Configuration', icon: 'cog', body: Configuration });
