import { t } from '../../translations';
import type { KeyRow } from '../../ui/KeyHelp';

/** Keys of the list of clusters. */
export function listKeys(): readonly KeyRow[] {
  return [
    ['j k', t('clusters.keys.move', 'Next and previous cluster')],
    ['Enter', t('clusters.keys.open', 'Open the cluster')],
    ['x', t('clusters.keys.choose', 'Choose the cluster, or no longer')],
    ['Shift x', t('clusters.keys.stretch', 'Choose everything from the last chosen one to here')],
    ['e', t('clusters.keys.resolve', 'Resolve the chosen clusters, or the one you are at')],
    ['m', t('clusters.keys.ignore', 'Ignore them …')],
    ['a', t('clusters.keys.assign', 'Assign them …')],
    ['/', t('clusters.keys.search', 'Filter by text')],
    ['?', t('clusters.keys.help', 'This list of keys, while you are in the list')],
  ];
}
