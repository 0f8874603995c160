import {
  MultiOrSingleValueSelect,
  MultiValueVariable,
  sceneGraph,
  VariableDependencyConfig,
  type MultiValueVariableState,
  type SceneObject,
  type VariableValueOption,
} from '@grafana/scenes';
import { catchError, from, map, of, type Observable } from 'rxjs';
import { serverClient } from '../api/server-client';
import { t } from '../translations';
import { allValues } from './stream-search';

export const streamVariableNames = { service: 'service', namespace: 'namespace' } as const;

interface StreamVariableState extends MultiValueVariableState {
  /** What the options are: the services (of the chosen namespaces) or the namespaces that have streams. */
  source: 'service' | 'namespace';
}

/** A variable whose options the server knows from the labels of the log streams. */
export class StreamVariable extends MultiValueVariable<StreamVariableState> {
  static Component = MultiOrSingleValueSelect;

  constructor(source: StreamVariableState['source'], label: string) {
    super({
      type: 'custom',
      source,
      name: streamVariableNames[source],
      label,
      value: [allValues],
      text: [t('scene.variables.all', 'All')],
      options: [],
      isMulti: true,
      includeAll: true,
      defaultToAll: true,
      maxVisibleValues: 2,
    });
    if (source === 'service') {
      this._variableDependency = new VariableDependencyConfig<StreamVariableState>(this, {
        variableNames: [streamVariableNames.namespace],
      });
    }
  }

  override getValueOptions(): Observable<VariableValueOption[]> {
    const { source } = this.state;
    const namespace = source === 'service' ? chosenValues(this, streamVariableNames.namespace) : [];
    return from(serverClient().listServices({ namespace: [...namespace] })).pipe(
      map(({ services }) => toOptions(services.map((entry) => entry[source]))),
      // The list below the variables shows the problem; an empty choice is all that is left to say here.
      catchError(() => of([]))
    );
  }
}

function toOptions(values: readonly string[]): VariableValueOption[] {
  return [...new Set(values)]
    .filter((value) => value !== '')
    .sort((a, b) => a.localeCompare(b))
    .map((value) => ({ label: value, value }));
}

/** The values chosen for a variable; none means all of them. */
export function chosenValues(object: SceneObject, name: string): readonly string[] {
  const variable = sceneGraph.lookupVariable(name, object);
  if (!(variable instanceof MultiValueVariable)) {
    return [];
  }
  const { value } = variable.state;
  const values = (Array.isArray(value) ? value : [value]).map(String);
  return values.includes(allValues) ? [] : values.filter((item) => item !== '');
}
