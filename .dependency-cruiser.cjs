// Who may import whom. design: rooms point inwards only; docs/ARCHITECTURE.md shows the same table.
// Type-only imports count (tsPreCompilationDeps), because that is where cycles hide.

const rooms = {
  contracts: [],
  engine: [],
  ports: ['engine'],
  adapters: ['ports', 'engine'],
  bff: ['contracts', 'engine', 'ports', 'adapters'],
  cli: ['contracts', 'engine', 'ports', 'adapters', 'bff', 'preview'],
  src: ['contracts'],
  preview: [],
};
const all = [...Object.keys(rooms), 'tests', 'tooling'];
const testFiles = '(\\.(test|props\\.test|cases)\\.tsx?$|/testing[/-]|__fixtures__)';

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `${room} may import ${allowed.join(', ') || 'no other room'}`,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: testFiles },
  to: { path: `^(${all.filter((other) => other !== room && !allowed.includes(other)).join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'No import cycles of any kind, type-only ones included',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...roomRules,
    {
      name: 'tests-of-a-room',
      comment:
        'Tests beside the code may also use their own room, fakes of ports and test servers, never a room that stands above theirs',
      severity: 'error',
      from: { path: `^(contracts|engine|ports|adapters)/.*${testFiles}` },
      to: { path: '^(bff|cli|src|preview)/' },
    },
    {
      name: 'no-adapter-to-adapter',
      comment: 'An adapter stands for one outside system and knows no other',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/', pathNot: testFiles },
      to: { path: '^adapters/([^/]+)/', pathNot: '^adapters/$1/' },
    },
    {
      name: 'adapters-only-from-composition',
      comment: 'Only the composition roots choose adapters',
      severity: 'error',
      from: { path: '^(bff|cli)/', pathNot: `(^bff/composition(/|\\.ts$)|^cli/composition(/|\\.ts$)|${testFiles})` },
      to: { path: '^adapters/' },
    },
    {
      name: 'pure-rooms-have-no-built-ins',
      comment: 'engine, contracts and ports do no input or output',
      severity: 'error',
      from: { path: '^(engine|contracts|ports)/', pathNot: testFiles },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ports-have-no-packages',
      comment: 'A port is an interface: it needs no library',
      severity: 'error',
      from: { path: '^ports/', pathNot: testFiles },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer'], pathNot: '^(ports|engine)/' },
    },
    {
      name: 'no-undeclared-package',
      comment: 'A package must be declared by the room that imports it',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(plugin\\.json|grafana-plugin-page)$' },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      from: { pathNot: `(${testFiles}|^tests/)` },
      to: { path: `(\\.test\\.tsx?$|^tests/)` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
