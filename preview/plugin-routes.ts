import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A row of `routes` in plugin.json, as far as app plugins use it. */
export interface PluginRoute {
  readonly path: string;
  readonly url: string;
  /** Role of Grafana that a caller needs. */
  readonly reqRole?: string;
  readonly headers?: ReadonlyArray<{ readonly name: string; readonly content: string }>;
}

export interface PluginManifest {
  readonly id: string;
  readonly routes?: readonly PluginRoute[];
}

/** What the templates of routes are filled from. */
export interface TemplateValues {
  readonly JsonData: Readonly<Record<string, unknown>>;
  readonly SecureJsonData: Readonly<Record<string, string>>;
}

export async function readManifest(distDirectory: string): Promise<PluginManifest> {
  return JSON.parse(await readFile(join(distDirectory, 'plugin.json'), 'utf8'));
}

/** The first route that a path below the proxy matches, with what is left of the path; `bff/*` matches everything below `bff/`. */
export function matchRoute(
  routes: readonly PluginRoute[],
  path: string
): { readonly route: PluginRoute; readonly rest: string } | undefined {
  for (const route of routes) {
    const prefix = route.path.endsWith('/*') ? route.path.slice(0, -1) : undefined;
    if (prefix !== undefined && path.startsWith(prefix) && path.length > prefix.length) {
      return { route, rest: path.slice(prefix.length) };
    }
    if (path === route.path) {
      return { route, rest: '' };
    }
  }
  return undefined;
}

/** Fills `{{ .JsonData.name }}` and `{{ .SecureJsonData.name }}`; what is missing becomes `<no value>`, as in Go. */
export function renderRouteTemplate(template: string, values: TemplateValues): string {
  return template.replace(
    /\{\{\s*\.(JsonData|SecureJsonData)\.(\w+)\s*\}\}/g,
    (_, group: keyof TemplateValues, name: string) => String(values[group][name] ?? '<no value>')
  );
}
