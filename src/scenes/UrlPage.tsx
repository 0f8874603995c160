// A page whose settings live in the URL, drawn by a plain React component.
import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObject,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import React, { type ComponentType } from 'react';

export interface UrlPageViewProps<Settings> {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
  /** The object to look up range and variables from. */
  readonly model: SceneObject;
}

export interface UrlPageOptions<Settings> {
  readonly urlKeys: string[];
  readonly toUrl: (settings: Settings) => SceneObjectUrlValues;
  /** Must make something sensible of anything. */
  readonly fromUrl: (values: SceneObjectUrlValues) => Settings;
  readonly view: ComponentType<UrlPageViewProps<Settings>>;
}

interface UrlPageState<Settings> extends SceneObjectState {
  readonly settings: Settings;
  readonly options: UrlPageOptions<Settings>;
}

export class UrlPage<Settings extends object> extends SceneObjectBase<UrlPageState<Settings>> {
  static Component = UrlPageRenderer;

  protected override _urlSync: SceneObjectUrlSyncConfig;

  constructor(options: UrlPageOptions<Settings>) {
    super({ settings: options.fromUrl({}), options });
    this._urlSync = new SceneObjectUrlSyncConfig(this, { keys: options.urlKeys });
  }

  getUrlState(): SceneObjectUrlValues {
    return this.state.options.toUrl(this.state.settings);
  }

  updateFromUrl(values: SceneObjectUrlValues): void {
    // Only the keys that changed are given: the others keep what they are.
    this.setState({ settings: this.state.options.fromUrl({ ...this.getUrlState(), ...values }) });
  }

  change(change: Partial<Settings>): void {
    this._urlSync.performBrowserHistoryAction?.(() =>
      this.setState({ settings: { ...this.state.settings, ...change } })
    );
  }
}

function UrlPageRenderer<Settings extends object>({ model }: SceneComponentProps<UrlPage<Settings>>) {
  const { settings, options } = model.useState();
  const View = options.view;
  return <View settings={settings} onChange={(change) => model.change(change)} model={model} />;
}
