import { SceneAppPage } from '@grafana/scenes';
import { overviewPath } from '../../plugin-paths';
import { logScene, rangeUrlKeys, streamUrlKeys, streamVariables } from '../../scenes/log-scene';
import { UrlPage } from '../../scenes/UrlPage';
import { t } from '../../translations';
import { lazyView } from '../../ui/LazyView';
import { overviewSettingsFromUrl, overviewSettingsToUrl, overviewUrlKeys } from './overview-settings';

const Overview = lazyView(async () => (await import('./Overview')).Overview);

/** What happens at the moment, at one look. */
export function overviewPage(): SceneAppPage {
  return new SceneAppPage({
    title: t('overview.title', 'Overview'),
    subTitle: t('overview.subTitle', 'What the logs say at the moment, and what needs somebody'),
    url: overviewPath,
    routePath: 'overview/*',
    preserveUrlKeys: [...rangeUrlKeys, ...streamUrlKeys],
    getScene: () =>
      logScene(
        streamVariables(),
        new UrlPage({
          urlKeys: overviewUrlKeys,
          toUrl: overviewSettingsToUrl,
          fromUrl: overviewSettingsFromUrl,
          view: Overview,
        })
      ),
  });
}
