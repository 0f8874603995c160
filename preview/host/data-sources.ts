import { PluginType, type DataSourceApi, type DataSourceInstanceSettings, type DataSourceRef } from '@grafana/data';
import type { DataSourceSrv } from '@grafana/runtime';
import { PreviewError } from './host-error.ts';

/** The one Loki that the preview offers. It has a name for links to carry; queries go to the LogHunter server instead. */
const embeddedLoki: DataSourceInstanceSettings = {
  id: 1,
  uid: 'loghunter-embedded',
  name: 'Loki (embedded)',
  type: 'loki',
  access: 'proxy',
  isDefault: true,
  readOnly: true,
  jsonData: {},
  meta: {
    id: 'loki',
    name: 'Loki',
    type: PluginType.datasource,
    module: '',
    baseUrl: '',
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { small: '', large: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
  },
};

type Reference = string | DataSourceRef | null | undefined;

export function createDataSourceService(): DataSourceSrv {
  function isEmbedded(reference: Reference): boolean {
    const name = typeof reference === 'object' ? reference?.uid : reference;
    return name === embeddedLoki.uid || name === embeddedLoki.name;
  }
  return {
    get: (reference: Reference) =>
      Promise.reject<DataSourceApi>(
        new PreviewError(`The preview has no data source of Grafana's own to query (${JSON.stringify(reference)})`)
      ),
    getList: (filters) => {
      const { pluginId, type } = filters ?? {};
      const types = [type ?? []].flat();
      const isWanted = (!pluginId || pluginId === 'loki') && (types.length === 0 || types.includes('loki'));
      return isWanted ? [embeddedLoki] : [];
    },
    getInstanceSettings: (reference: Reference) => (isEmbedded(reference) ? embeddedLoki : undefined),
    reload: async () => undefined,
    registerRuntimeDataSource: () => undefined,
  };
}
