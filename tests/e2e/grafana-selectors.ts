// Grafana's own names of its parts, from the package in which Grafana keeps them for tests of plugins. The plugin's are in src/test-ids.ts.
import { resolveSelectors, versionedComponents, versionedPages } from '@grafana/e2e-selectors';

/** The preview is made of the packages of 12.4. */
const version = process.env.GRAFANA_VERSION ?? '12.4.0';

export const components = resolveSelectors(versionedComponents, version);
export const pages = resolveSelectors(versionedPages, version);
