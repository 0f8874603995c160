import { locationUtil } from '@grafana/data';
import { clustersPath } from '../../plugin-paths';
import { allValues } from '../../scenes/stream-search';

/**
 * Address of a service's clusters; `search` is that of the page that leads there. Lines without a service have no filter, so all are shown,
 * which is written out: a variable that the address leaves out keeps what was chosen before.
 */
export function sourceHref(service: string, search: string): string {
  const params = new URLSearchParams(search);
  params.set('var-service', service === '' ? allValues : service);
  return locationUtil.assureBaseUrl(`${clustersPath}?${params.toString()}`);
}
