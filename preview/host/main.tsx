import './boot.ts'; // first: sets what @grafana/runtime reads while it is evaluated
import { PluginContextProvider, ThemeContext, type AppPlugin, type EventBusSrv } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import { config, locationService, LocationServiceProvider } from '@grafana/runtime';
import { GlobalStyles, ModalRoot, PortalContainer } from '@grafana/ui';
import { setPluginPage } from 'grafana-plugin-page';
import { useLayoutEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createPath, Navigate, Route, Router, Routes, type Navigator, type To } from 'react-router';
import { DoorsPage } from './doors-page.tsx';
import { followLinksInside, Frame, PluginPage } from './frame.tsx';
import { PreviewError } from './host-error.ts';
import { installServices } from './install-services.ts';
import { loadPlugin } from './load-plugin.ts';
import { ExploreNote, PluginSettingsPage } from './other-pages.tsx';
import { Toasts } from './toasts.tsx';

const history = locationService.getHistory();

/** Grafana's history is version 4; the router speaks to version 5. */
const navigator: Navigator = {
  createHref: pathOf,
  go: (delta) => history.go(delta),
  push: (to, state) => history.push(pathOf(to), state),
  replace: (to, state) => history.replace(pathOf(to), state),
};

function pathOf(to: To): string {
  return typeof to === 'string' ? to : createPath(to);
}

function Host({ plugin, events }: { plugin: AppPlugin; events: EventBusSrv }) {
  const [location, setLocation] = useState(history.location);
  useLayoutEffect(() => history.listen((next: typeof location) => setLocation(next)), []);
  const base = `/a/${plugin.meta.id}`;
  return (
    <ThemeContext.Provider value={config.theme2}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <Router navigator={navigator} location={location}>
          <PluginContextProvider meta={plugin.meta}>
            <Frame meta={plugin.meta}>
              <Routes>
                <Route path={`${base}/*`} element={<AppPage plugin={plugin} base={base} path={location.pathname} />} />
                <Route path={`/plugins/${plugin.meta.id}`} element={<PluginSettingsPage plugin={plugin} />} />
                <Route path="/doors" element={<DoorsPage plugin={plugin} />} />
                <Route path="/explore" element={<ExploreNote />} />
                <Route path="*" element={<Navigate to={base} replace />} />
              </Routes>
            </Frame>
          </PluginContextProvider>
          <ModalRoot />
        </Router>
      </LocationServiceProvider>
      <Toasts events={events} />
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

function AppPage({ plugin, base, path }: { plugin: AppPlugin; base: string; path: string }) {
  const Root = plugin.root;
  if (!Root) {
    return <p>The plugin has no pages.</p>;
  }
  return (
    <Root
      meta={plugin.meta}
      basename={base}
      path={path}
      query={locationService.getSearchObject()}
      onNavChanged={() => undefined}
    />
  );
}

async function start(): Promise<void> {
  const root = document.getElementById('root');
  const pluginId = document.body.dataset.plugin;
  if (!root || !pluginId) {
    throw new PreviewError('The page lacks its root element or the id of the plugin');
  }
  // @grafana/ui translates while it draws.
  await initPluginTranslations('grafana', []);
  setPluginPage(PluginPage);
  const events = installServices();
  followLinksInside();
  createRoot(root).render(<Host plugin={await loadPlugin(pluginId)} events={events} />);
}

start().catch((error: unknown) => {
  document.body.append(error instanceof Error ? error.message : String(error));
  throw error;
});
