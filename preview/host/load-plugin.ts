// Runs an AMD module.js as Grafana's loader does: one define(dependencies, factory) call.
import * as EmotionCss from '@emotion/css';
import * as EmotionReact from '@emotion/react';
import * as GrafanaData from '@grafana/data';
import * as GrafanaRuntime from '@grafana/runtime';
import * as GrafanaUi from '@grafana/ui';
import * as I18next from 'i18next';
import lodash from 'lodash';
import * as React from 'react';
import * as ReactDom from 'react-dom';
import * as JsxRuntime from 'react/jsx-runtime';
import * as ReactRouter from 'react-router';
import * as Rxjs from 'rxjs';
import { PreviewError } from './host-error.ts';

/** The modules that Grafana shares with plugins, as far as they are used; everything else is in the plugin's own bundle. */
const sharedModules: Readonly<Record<string, unknown>> = {
  '@emotion/css': EmotionCss,
  '@emotion/react': EmotionReact,
  '@grafana/data': GrafanaData,
  '@grafana/runtime': GrafanaRuntime,
  '@grafana/ui': GrafanaUi,
  i18next: I18next,
  lodash,
  react: React,
  'react-dom': ReactDom,
  'react-router': ReactRouter,
  'react/jsx-runtime': JsxRuntime,
  rxjs: Rxjs,
};

type Factory = (...dependencies: unknown[]) => unknown;

interface PluginModule {
  readonly plugin?: GrafanaData.AppPlugin;
}

export async function loadPlugin(pluginId: string): Promise<GrafanaData.AppPlugin> {
  const baseUrl = `/public/plugins/${pluginId}`;
  const uri = new URL(`${baseUrl}/module.js`, window.location.href).href;
  const exported = definedModule(pluginId, uri);
  await runScript(uri);
  const { plugin } = await exported;
  if (plugin === undefined) {
    throw new PreviewError(`${uri} exports no plugin`);
  }
  const manifest: GrafanaData.AppPluginMeta = await (await fetch(`${baseUrl}/plugin.json`)).json();
  plugin.meta = { ...manifest, module: uri, baseUrl, enabled: true, jsonData: {} };
  return plugin;
}

/** Waits for the module's `define` call. webpack reads `module.uri` to find its chunks. */
function definedModule(id: string, uri: string): Promise<PluginModule> {
  return new Promise((resolve, reject) => {
    async function run(dependencies: readonly string[], factory: Factory): Promise<PluginModule> {
      const own: Readonly<Record<string, unknown>> = { module: { id, uri }, exports: {}, require: sharedModule };
      const result = await factory(...dependencies.map((name) => own[name] ?? sharedModule(name)));
      return result ?? own.exports ?? {};
    }
    function define(dependencies: readonly string[], factory: Factory) {
      run(dependencies, factory).then(resolve, reject);
    }
    Object.assign(window, { define: Object.assign(define, { amd: {} }) });
  });
}

function sharedModule(name: string): unknown {
  if (!Object.hasOwn(sharedModules, name)) {
    throw new PreviewError(`Grafana's front end does not share ${name} in this preview`);
  }
  return sharedModules[name];
}

function runScript(src: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.addEventListener('load', resolve);
    script.addEventListener('error', () =>
      reject(new PreviewError(`${src} could not be loaded: is the plugin built?`))
    );
    script.src = src;
    document.head.append(script);
  });
}
