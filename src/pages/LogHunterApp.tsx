import { SceneApp, useSceneApp } from '@grafana/scenes';
import React from 'react';
import { appPages } from './app-pages';

function createApp(): SceneApp {
  return new SceneApp({
    pages: appPages(),
    urlSyncOptions: { updateUrlOnInit: true, createBrowserHistorySteps: true },
  });
}

export function LogHunterApp() {
  // Scenes keeps one app per factory for the life of the tab: the factory must not be made anew on each render.
  const app = useSceneApp(createApp);
  return <app.Component model={app} />;
}
