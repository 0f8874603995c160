// What Grafana reads at its start. A mistake there stops Grafana, or is passed over in silence.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { grafanaAlertsPath } from '../../bff/http/grafana-alerts.ts';
import { parseQuery } from '@loghunter/engine/logql';
import { guardPromql } from '@loghunter/engine/promql';
import { contactPointFile, dashboard, providerFile, ruleFile, type Check } from './grafana-fields.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Query {
  readonly refId: string;
  readonly datasourceUid: string;
  readonly model: { readonly expr?: string; readonly expression?: string };
}

interface Rule {
  readonly uid: string;
  readonly condition: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly data: readonly Query[];
}

interface Panel {
  readonly id: number;
  readonly datasource: { readonly uid: string };
  readonly targets: ReadonlyArray<{ readonly expr: string; readonly datasource: { readonly uid: string } }>;
}

const rulesText = read('provisioning/alerting/rules.yaml');
const rules = (parse(rulesText) as { groups: ReadonlyArray<{ rules: readonly Rule[] }> }).groups.flatMap(
  (group) => group.rules
);
const dashboardNames = readdirSync(join(root, 'provisioning/dashboards')).filter((name) => name.endsWith('.json'));
const dashboards = dashboardNames.map(
  (name) => JSON.parse(read(`provisioning/dashboards/${name}`)) as { uid: string; panels: readonly Panel[] }
);
const dataSourceUids = (
  parse(read('provisioning/datasources/default.yaml')) as { datasources: ReadonlyArray<{ uid: string }> }
).datasources.map(({ uid }) => uid);

const files: ReadonlyArray<readonly [path: string, check: Check]> = [
  ['provisioning/alerting/rules.yaml', ruleFile],
  ['provisioning/alerting/contact-points.yaml', contactPointFile],
  ['provisioning/dashboards/default.yaml', providerFile],
  ...dashboardNames.map((name) => [`provisioning/dashboards/${name}`, dashboard] as const),
];

describe("the files hold Grafana's fields and no others", () => {
  test.each(files)('%s', (path, check) => {
    expect(check(parse(read(path)), path)).toEqual([]);
  });

  test('a field of the sample that Grafana ships and does not read is refused', () => {
    const misspelt = parse(rulesText.replaceAll('execErrState', 'executionErrorState')) as unknown;
    expect(ruleFile(misspelt, 'rules').join('\n')).toMatch(
      /executionErrorState: no such field[^]*execErrState: missing|execErrState: missing[^]*executionErrorState: no such field/
    );
  });

  test('a uid of more than 40 characters is refused', () => {
    const long = parse(rulesText.replace('loghunter-anomaly-lines', 'x'.repeat(41))) as unknown;
    expect(ruleFile(long, 'rules')).toHaveLength(1);
  });
});

describe('alert rules', () => {
  test('are told apart by their uid and have their origin, so that Grafana shows our links on them', () => {
    expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
    expect(rules.map(({ labels }) => labels['__grafana_origin'])).toEqual(rules.map(() => 'plugin/loghunter-app'));
  });

  test('have a condition that is one of their queries, and ask data sources that are there', () => {
    for (const { condition, data } of rules) {
      const ids = data.map(({ refId }) => refId);
      expect(ids).toContain(condition);
      expect(data.flatMap(({ model }) => model.expression ?? []).every((id) => ids.includes(id))).toBe(true);
      for (const { datasourceUid } of data) {
        expect(['__expr__', ...dataSourceUids]).toContain(datasourceUid);
      }
    }
  });

  test('write a dollar twice where Grafana would take it for a variable of the environment', () => {
    const lines = rulesText.split('\n').filter((line) => !line.trimStart().startsWith('#'));
    expect(lines.filter((line) => line.replaceAll('$$', '').includes('$'))).toEqual([]);
    expect(rules.some(({ annotations }) => annotations['summary']?.includes('{{ $$labels.service }}'))).toBe(true);
  });
});

/** What a query of a file is wrong in; nothing when its language takes it. */
function findFault(expression: string, dataSourceUid: string): string | null {
  const text = expression.replaceAll('$__interval', '1m');
  if (dataSourceUid === 'prometheus') {
    const guarded = guardPromql(text, { forced: [] });
    return guarded.kind === 'allowed' ? null : `${text}: ${JSON.stringify(guarded)}`;
  }
  const parsed = parseQuery(text);
  return parsed.kind === 'query' ? null : `${text}: ${parsed.kind}`;
}

describe('queries', () => {
  const ofRules = rules.flatMap(({ data }) =>
    data.flatMap(({ datasourceUid, model }) => (model.expr === undefined ? [] : [[model.expr, datasourceUid] as const]))
  );
  const ofPanels = dashboards.flatMap(({ panels }) =>
    panels.flatMap(({ targets }) => targets.map(({ expr, datasource }) => [expr, datasource.uid] as const))
  );

  test.each([...ofRules, ...ofPanels])('%s is of its language, for %s', (expression, uid) => {
    expect(dataSourceUids).toContain(uid);
    expect(findFault(expression, uid)).toBeNull();
  });

  test('name metrics that the server has', () => {
    const source = readdirSync(join(root, 'bff'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
      .map((name) => read(`bff/${name}`))
      .join('\n');
    const names = [...ofRules, ...ofPanels].flatMap(([expression]) => expression.match(/loghunter_\w+/g) ?? []);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      expect(source).toContain(name.replace(/_(bucket|count|sum)$/, ''));
    }
  });
});

test('dashboards have short uids of their own and panels with numbers of their own', () => {
  expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
  for (const { panels } of dashboards) {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  }
});

test('the contact point signs as the server checks, at the address where it listens', () => {
  const { contactPoints } = parse(read('provisioning/alerting/contact-points.yaml')) as {
    contactPoints: ReadonlyArray<{
      receivers: ReadonlyArray<{ settings: { url: string; hmacConfig: Readonly<Record<string, string>> } }>;
    }>;
  };
  const settings = contactPoints[0]?.receivers[0]?.settings;
  expect(settings?.url).toBe(`$LOGHUNTER_SERVER_URL${grafanaAlertsPath}`);
  const source = read('bff/alerts/read-grafana-alerts.ts');
  expect(source).toContain(`'${settings?.hmacConfig['header']}'`);
  expect(source).toContain(`'${settings?.hmacConfig['timestampHeader']}'`);
});
