import { getBackendSrv } from '@grafana/runtime';
import { firstValueFrom } from 'rxjs';
import { pluginId } from '../plugin-paths';
import { toServerError } from './server-error';

/** The app's settings as Grafana keeps them; the secret itself never comes back, only whether there is one. */
export interface PluginSettings {
  readonly isEnabled: boolean;
  readonly isPinned: boolean;
  readonly serverUrl: string;
  readonly hasServerSecret: boolean;
  /** Everything else that is stored, so that saving does not drop it: Grafana replaces jsonData as a whole. */
  readonly jsonData: Readonly<Record<string, unknown>>;
}

export interface PluginSettingsChange {
  readonly isEnabled: boolean;
  readonly serverUrl: string;
  /** Absent: the stored secret stays. */
  readonly serverSecret?: string | undefined;
}

interface StoredSettings {
  readonly enabled?: boolean;
  readonly pinned?: boolean;
  readonly jsonData?: Readonly<Record<string, unknown>> | null;
  readonly secureJsonFields?: Readonly<Record<string, boolean>> | null;
}

const settingsPath = `api/plugins/${pluginId}/settings`;

/** Reads the stored settings anew: the copy that Grafana hands to plugins is not refreshed after a save. */
export async function readPluginSettings(): Promise<PluginSettings> {
  const stored = await call<StoredSettings>('GET');
  const jsonData = stored.jsonData ?? {};
  return {
    isEnabled: stored.enabled ?? false,
    isPinned: stored.pinned ?? false,
    serverUrl: typeof jsonData.serverUrl === 'string' ? jsonData.serverUrl : '',
    hasServerSecret: stored.secureJsonFields?.serverSecret ?? false,
    jsonData,
  };
}

/** Saves; `enabled` and `pinned` always go along, because Grafana reads an absent one as false. */
export async function savePluginSettings(before: PluginSettings, change: PluginSettingsChange): Promise<void> {
  await call('POST', {
    enabled: change.isEnabled,
    pinned: change.isEnabled || before.isPinned,
    jsonData: { ...before.jsonData, serverUrl: change.serverUrl },
    ...(change.serverSecret === undefined ? {} : { secureJsonData: { serverSecret: change.serverSecret } }),
  });
}

async function call<Answer>(method: 'GET' | 'POST', data?: unknown): Promise<Answer> {
  try {
    const answer = getBackendSrv().fetch<Answer>({
      url: settingsPath,
      method,
      data,
      showErrorAlert: false,
      showSuccessAlert: false,
    });
    return (await firstValueFrom(answer)).data;
  } catch (error) {
    throw toServerError(error);
  }
}
