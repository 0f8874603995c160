declare module 'grafana-plugin-page' {
  import type { PluginPageProps } from '@grafana/runtime';
  import type { ComponentType } from 'react';

  /** Not part of the package's public exports: see the alias in build-preview.ts. */
  export function setPluginPage(component: ComponentType<PluginPageProps>): void;
}
