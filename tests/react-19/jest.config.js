// The plugin's unit tests once more, with what Grafana 13.2 gives to plugins: React 19 and its own packages, installed in this folder.
const path = require('path');
const { grafanaESModules, nodeModulesToTransform } = require('../../.config/jest/utils');
const ours = require('../../jest.config');

module.exports = {
  ...ours,
  rootDir: path.resolve(__dirname, '../..'),
  resolver: path.join(__dirname, 'resolver.js'),
  // What @grafana/data 13 brings along as modules only.
  transformIgnorePatterns: [nodeModulesToTransform([...grafanaESModules, '@react-hookz', '@ver0'])],
  setupFiles: [path.join(__dirname, 'setup.js')],
};
