import type { SceneObjectUrlValues } from '@grafana/scenes';

/** Which part of the cluster's page is open below the trend. */
export type ClusterView = 'lines' | 'related' | 'history';

export interface ClusterSettings {
  readonly view: ClusterView;
  /** Only lines that hold this text are shown; empty: all. */
  readonly lineText: string;
  /** The line that a link leads to, by its nanoseconds since 1970; empty: none. */
  readonly lineAt: string;
}

export const defaultClusterSettings: ClusterSettings = { view: 'lines', lineText: '', lineAt: '' };

export const clusterUrlKeys = ['view', 'lines', 'line'];

export const clusterViews: readonly ClusterView[] = ['lines', 'related', 'history'];

const maxTextLength = 500;

/** Settings as URL values; what equals the default is left out. */
export function clusterSettingsToUrl({ view, lineText, lineAt }: ClusterSettings): SceneObjectUrlValues {
  return {
    view: view === defaultClusterSettings.view ? undefined : view,
    lines: lineText === '' ? undefined : lineText,
    line: lineAt === '' ? undefined : lineAt,
  };
}

/** Reads settings from URL values; what is missing or makes no sense becomes the default. */
export function clusterSettingsFromUrl(values: SceneObjectUrlValues): ClusterSettings {
  const view = first(values.view);
  const lineAt = first(values.line) ?? '';
  return {
    view: clusterViews.find((known) => known === view) ?? defaultClusterSettings.view,
    lineText: (first(values.lines) ?? '').slice(0, maxTextLength),
    lineAt: /^\d{1,20}$/.test(lineAt) ? lineAt : '',
  };
}

function first(value: string | string[] | null | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) ?? undefined;
}
