import type { TemplateValues } from './plugin-routes.ts';

/** Settings as `GET /api/plugins/<id>/settings` gives them: of secrets only their names. */
export interface StoredSettings {
  readonly enabled: boolean;
  readonly pinned: boolean;
  readonly jsonData: Readonly<Record<string, unknown>>;
  readonly secureJsonFields: Readonly<Record<string, boolean>>;
}

/** Body of the POST to the same address. */
export interface SettingsChange {
  readonly enabled?: boolean;
  readonly pinned?: boolean;
  readonly jsonData?: Readonly<Record<string, unknown>>;
  readonly secureJsonData?: Readonly<Record<string, string>>;
}

/** The app's settings, in memory, with Grafana's rules for saving them. */
export interface SettingsStore {
  stored(): StoredSettings;
  values(): TemplateValues;
  /** Absent `enabled` and `pinned` count as false, jsonData is replaced, secrets are merged: as in Grafana. */
  save(change: SettingsChange): void;
}

export function createSettingsStore(
  firstJsonData: Readonly<Record<string, unknown>>,
  firstSecrets: Readonly<Record<string, string>>
): SettingsStore {
  let enabled = true;
  let pinned = true;
  let jsonData = firstJsonData;
  let secrets = firstSecrets;
  return {
    stored: () => ({
      enabled,
      pinned,
      jsonData,
      secureJsonFields: Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, value !== ''])),
    }),
    values: () => ({ JsonData: jsonData, SecureJsonData: secrets }),
    save: (change) => {
      enabled = change.enabled ?? false;
      pinned = change.pinned ?? false;
      jsonData = change.jsonData ?? {};
      secrets = { ...secrets, ...change.secureJsonData };
    },
  };
}

/** Undefined when the body is not a JSON object. */
export function parseSettingsChange(body: string): SettingsChange | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
