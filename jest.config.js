// force timezone to UTC to allow tests to work regardless of local timezone
// generally used by snapshots, but can affect specific tests
process.env.TZ = 'UTC';

const scaffold = require('./.config/jest.config');
const [[scripts, swc]] = Object.entries(scaffold.transform);

module.exports = {
  // Jest configuration provided by Grafana scaffolding
  ...scaffold,
  // Some of Grafana's dependencies now ship .mjs files only, which the scaffold's pattern leaves out.
  transform: { [scripts]: swc, '^.+\\.mjs$': swc },
};
