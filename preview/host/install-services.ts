// Hands to @grafana/runtime what Grafana's core hands to it at start-up.
import { EventBusSrv } from '@grafana/data';
import {
  setAppEvents,
  setBackendSrv,
  setChromeHeaderHeightHook,
  setCurrentUser,
  setDataSourceSrv,
  setPluginComponentHook,
  setPluginComponentsHook,
  setPluginFunctionsHook,
  setPluginImportUtils,
  setPluginLinksHook,
  setReturnToPreviousHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import { previewUser } from './boot.ts';
import { createBackendService } from './backend-service.ts';
import { createDataSourceService } from './data-sources.ts';
import { installFieldOptions } from './field-options.ts';
import { panelPlugin } from './panels.tsx';
import { runRequest } from './run-request.ts';

export function installServices(): EventBusSrv {
  const events = new EventBusSrv();
  installFieldOptions();
  setAppEvents(events);
  setBackendSrv(createBackendService(events));
  setRunRequest(runRequest);
  setDataSourceSrv(createDataSourceService());
  setPluginImportUtils({ importPanelPlugin: async (id) => panelPlugin(id), getPanelPluginFromCache: panelPlugin });
  setTemplateSrv({
    replace: (text = '') => text,
    getVariables: () => [],
    containsTemplate: () => false,
    updateTimeRange: () => undefined,
  });
  setCurrentUser(previewUser);
  setReturnToPreviousHook(() => () => undefined);
  setChromeHeaderHeightHook(() => 0);
  // No other plugin is there to extend anything.
  setPluginLinksHook(() => ({ links: [], isLoading: false }));
  setPluginComponentHook(() => ({ component: undefined, isLoading: false }));
  setPluginComponentsHook(() => ({ components: [], isLoading: false }));
  setPluginFunctionsHook(() => ({ functions: [], isLoading: false }));
  return events;
}
