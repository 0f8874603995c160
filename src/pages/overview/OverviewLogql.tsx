import type { SceneObject } from '@grafana/scenes';
import type { ListOverviewQueriesResponse } from '@loghunter/contracts';
import React, { createContext, useContext } from 'react';
import { serverClient } from '../../api/server-client';
import { LogqlButton } from '../../scenes/LogqlButton';
import { requestRangeOf } from '../../scenes/request-range';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';

/** The object whose range, variables and data source the numbers are of. */
export const OverviewSourceContext = createContext<SceneObject | undefined>(undefined);

/** A number that LogQL can be asked for. */
export type OverviewFigure = keyof NonNullable<ListOverviewQueriesResponse['figures']>;

interface OverviewLogqlProps {
  /** What the number is, as it stands beside it. */
  readonly name: string;
  readonly figure: OverviewFigure;
}

/** A button beside a number of the overview: the LogQL that answers the same. */
export function OverviewLogql({ name, figure }: OverviewLogqlProps) {
  const model = useContext(OverviewSourceContext);
  if (model === undefined) {
    return null;
  }
  return (
    <LogqlButton
      name={name}
      model={model}
      question={() => ({ ...requestRangeOf(model), ...overviewFilterOf(model) })}
      load={async (request, signal) => (await serverClient().listOverviewQueries(request, signal)).figures?.[figure]}
    />
  );
}

/** Services and namespaces that the overview is narrowed to. */
export function overviewFilterOf(model: SceneObject) {
  return {
    service: [...chosenValues(model, streamVariableNames.service)],
    namespace: [...chosenValues(model, streamVariableNames.namespace)],
  };
}
