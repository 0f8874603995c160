// The scaffold's configuration with three changes, all for the size of the plugin.
//
// It is compiled for the browsers that Grafana 12.4 runs in. For ES2015, as the scaffold has it, each async function becomes a state machine
// and each file gets its own copies of the compiler's functions: a tenth of the bundle.
//
// What Scenes brings for dashboards and LogHunter does not use is left out: see src/scenes/left-out.
//
// What several pages share is one chunk: the scaffold lets each page have its own copies of it.
import path from 'path';
import webpack, { type Configuration } from 'webpack';
import scaffold, { type Env } from './.config/webpack/webpack.config.ts';

const target = 'es2022';

/** What is asked for in modules of Scenes, and what takes its place. */
const leftOut: ReadonlyArray<readonly [RegExp, string]> = [
  [/^@grafana\/e2e-selectors$/, 'selectors.ts'],
  [/\/(AdHocFiltersVariable|GroupByVariable)\.js$/, 'filter-variables.ts'],
];

/** What two pages of ours need: small pieces, and most pages need most of them, so that they are fetched once and together. */
const shared = { test: /\/(src|contracts)\/(?!.*node_modules)/, minChunks: 2, name: 'shared', enforce: true };

export default async function config(env: Env): Promise<Configuration> {
  const base = await scaffold(env);
  for (const rule of base.module?.rules ?? []) {
    const use = typeof rule === 'object' && rule !== null ? rule.use : undefined;
    if (
      typeof use === 'object' &&
      !Array.isArray(use) &&
      use.loader === 'swc-loader' &&
      typeof use.options === 'object'
    ) {
      Object.assign(use.options.jsc, { target });
    }
  }
  const own = path.resolve(process.cwd(), 'webpack.config.ts');
  return {
    ...base,
    cache: {
      type: 'filesystem',
      buildDependencies: { config: [own, path.resolve(own, '../.config/webpack/webpack.config.ts')] },
    },
    optimization: { ...base.optimization, splitChunks: { chunks: 'async', cacheGroups: { shared } } },
    plugins: [
      ...(base.plugins ?? []),
      ...leftOut.map(
        ([module, standIn]) =>
          new webpack.NormalModuleReplacementPlugin(module, path.resolve(own, '../src/scenes/left-out', standIn))
      ),
      { apply: failOnMissingNames },
    ],
  };
}

/** A name that a stand-in lacks, in a later Scenes perhaps, is an error of the build, not an undefined at night. */
function failOnMissingNames(compiler: webpack.Compiler): void {
  compiler.hooks.afterCompile.tap('LeftOut', ({ warnings, errors }) => {
    const standIns = /was not found in '[^']*(e2e-selectors|AdHocFiltersVariable|GroupByVariable)/;
    errors.push(...warnings.filter(({ message }) => standIns.test(message)));
  });
}
