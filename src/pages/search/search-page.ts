import { SceneAppPage } from '@grafana/scenes';
import { searchPath } from '../../plugin-paths';
import { logScene, rangeUrlKeys, streamUrlKeys, streamVariables } from '../../scenes/log-scene';
import { t } from '../../translations';
import { LogSearch } from './LogSearch';
import { searchUrlKeys } from './search-settings';

/** Lines of the log store, grouped by what they say. */
export function searchPage(): SceneAppPage {
  return new SceneAppPage({
    title: t('search.title', 'Search'),
    subTitle: t('search.subtitle', 'Lines of the log store, grouped by what they say'),
    url: searchPath,
    routePath: 'search/*',
    preserveUrlKeys: [...rangeUrlKeys, ...streamUrlKeys, ...searchUrlKeys],
    getScene: () => logScene(streamVariables(), new LogSearch()),
  });
}
