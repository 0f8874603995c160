// Pages of Grafana itself that the plugin leads to: its settings, and Explore.
import type { AppPlugin, NavModelItem } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert } from '@grafana/ui';
import { PluginPage } from './frame.tsx';

/** `/plugins/<id>`: the plugin's configuration pages as tabs. */
export function PluginSettingsPage({ plugin }: { plugin: AppPlugin }) {
  const query = locationService.getSearchObject();
  const pages = plugin.configPages ?? [];
  const page = pages.find(({ id }) => id === query.page) ?? pages[0];
  const address = `/plugins/${plugin.meta.id}`;
  const nav: NavModelItem = {
    text: plugin.meta.name,
    url: address,
    children: pages.map(({ id, title }) => ({ text: title, url: `${address}?page=${id}`, active: id === page?.id })),
  };
  return (
    <PluginPage pageNav={nav} subTitle={plugin.meta.info.description}>
      {page && <page.body plugin={plugin} query={query} />}
    </PluginPage>
  );
}

/** Explore is core code: shows what Grafana would open. */
export function ExploreNote() {
  const panes = String(locationService.getSearchObject().panes ?? '');
  return (
    <PluginPage pageNav={{ text: 'Explore' }}>
      <Alert severity="info" title="Explore is part of Grafana, not of the preview">
        In Grafana this link opens Explore with:
        <pre data-testid="preview explore panes">{pretty(panes)}</pre>
      </Alert>
    </PluginPage>
  );
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
