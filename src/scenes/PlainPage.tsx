import { SceneObjectBase, type SceneComponentProps, type SceneObject, type SceneObjectState } from '@grafana/scenes';
import React, { type ReactNode } from 'react';

interface PlainPageState extends SceneObjectState {
  /** Draws the page; the object is there to look up range and variables from. */
  readonly draw: (model: SceneObject) => ReactNode;
}

/** A page drawn by plain React, without settings of its own in the URL. */
export class PlainPage extends SceneObjectBase<PlainPageState> {
  static Component = PlainPageRenderer;

  constructor(draw: PlainPageState['draw']) {
    super({ draw });
  }
}

function PlainPageRenderer({ model }: SceneComponentProps<PlainPage>) {
  return <>{model.useState().draw(model)}</>;
}
