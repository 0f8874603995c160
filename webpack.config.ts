// The scaffold's configuration with one change: the plugin is compiled for the browsers that Grafana 12.4 runs in. For ES2015, as the scaffold
// has it, each async function becomes a state machine and each file gets its own copies of the compiler's functions: a tenth of the bundle.
import path from 'path';
import type { Configuration } from 'webpack';
import scaffold, { type Env } from './.config/webpack/webpack.config.ts';

const target = 'es2022';

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
  };
}
