import type { SceneObject } from '@grafana/scenes';
import type { FigureQuery, ListClusterQueriesResponse } from '@loghunter/contracts';
import React, { createContext, useContext } from 'react';
import { serverClient } from '../../api/server-client';
import { LogqlButton } from '../../scenes/LogqlButton';
import { requestRangeOf } from '../../scenes/request-range';

/** The cluster whose numbers are shown, and the object whose range and data source they are of. */
export interface FigureSource {
  readonly clusterId: string;
  readonly model: SceneObject;
}

export const FigureSourceContext = createContext<FigureSource | undefined>(undefined);

interface FigureLogqlProps {
  /** What the number is, as it stands beside it. */
  readonly name: string;
  readonly pick: (queries: ListClusterQueriesResponse) => FigureQuery | undefined;
}

/** A button beside a number of the cluster: the LogQL that answers the same. */
export function FigureLogql({ name, pick }: FigureLogqlProps) {
  const source = useContext(FigureSourceContext);
  if (source === undefined) {
    return null;
  }
  const { clusterId, model } = source;
  return (
    <LogqlButton
      name={name}
      model={model}
      question={() => ({ id: clusterId, ...requestRangeOf(model) })}
      load={async (request, signal) => pick(await serverClient().listClusterQueries(request, signal))}
    />
  );
}
