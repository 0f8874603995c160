// Reads what a query of another page selects, as far as LogHunter's own filters can say it.
// Small on purpose: Grafana loads it for visitors of Explore and dashboards, and the server checks whole queries.

/** One matcher of a stream selector. */
export interface StreamMatcher {
  readonly name: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

const matcherForm = /\s*([A-Za-z_]\w*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|`[^`]*`)\s*(,|\})/y;

/** The matchers of the first selector of a LogQL query; empty when it cannot be read, as with variables in it. */
export function readStreamMatchers(expression: string): readonly StreamMatcher[] {
  const matchers: StreamMatcher[] = [];
  matcherForm.lastIndex = expression.indexOf('{') + 1;
  while (matcherForm.lastIndex > 0) {
    const found = matcherForm.exec(expression);
    const [, name, operator, quoted, next] = found ?? [];
    if (name === undefined || operator === undefined || quoted === undefined) {
      return [];
    }
    matchers.push({ name, operator: operator as StreamMatcher['operator'], value: unquote(quoted) });
    if (next === '}') {
      return matchers;
    }
  }
  return [];
}

function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  return quoted.startsWith('`') ? inner : inner.replace(/\\(.)/g, '$1');
}

/** Values that a matcher names one by one: `=`, or `=~` of plain words. */
function namedValues({ operator, value }: StreamMatcher): readonly string[] {
  if (operator === '=') {
    return [value];
  }
  const words = value.split('|');
  return operator === '=~' && words.every((word) => /^[\w-]+$/.test(word)) ? words : [];
}

/** Filters of the pages. */
export interface StreamFilter {
  readonly service: readonly string[];
  readonly namespace: readonly string[];
}

// The server's defaults (LOGHUNTER_SERVICE_LABELS, LOGHUNTER_NAMESPACE_LABELS), most telling first.
const serviceLabels = ['service_name', 'service', 'app', 'application', 'app_name', 'container', 'component', 'job'];
const namespaceLabels = ['service_namespace', 'namespace', 'k8s_namespace_name', 'kubernetes_namespace'];

/** The filter that selects what matchers select; the first label that the server knows decides, as it does there. */
export function filterOfMatchers(matchers: readonly StreamMatcher[]): StreamFilter {
  const valuesOf = (labels: readonly string[]) => {
    const decisive = labels.find((label) => matchers.some(({ name }) => name === label));
    return matchers.filter(({ name }) => name === decisive).flatMap(namedValues);
  };
  return { service: valuesOf(serviceLabels), namespace: valuesOf(namespaceLabels) };
}

/** The same for labels of a stream, a trace or an alert. */
export function filterOfLabels(labels: Readonly<Record<string, string>>): StreamFilter {
  return filterOfMatchers(Object.entries(labels).map(([name, value]) => ({ name, operator: '=', value })));
}
