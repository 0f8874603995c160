import { Command, InvalidArgumentError, Option } from 'commander';

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'];

/** `loghunter search` and `loghunter summary`: what asks a server about its logs. */
export function searchCommands(): readonly Command[] {
  return [searchCommand(), summaryCommand()];
}

function searchCommand(): Command {
  return asking(new Command('search'))
    .description('Find lines through a server, grouped by cluster; exit code 1 when there are none.')
    .argument('[text]', 'part of the line, case ignored')
    .addOption(new Option('--level <level...>', 'only these levels').choices(levels))
    .option('--query <logql>', 'a log query instead of a text')
    .option('--limit <count>', 'lines read at most, the newest first', parseCount(5000), 1000)
    .option('--lines <count>', 'lines shown of each cluster', parseCount(100), 3)
    .addHelpText(
      'after',
      `
Examples:
  loghunter search "connection refused" --since 6h
  loghunter search --service checkout --level error --json | jq '.groups[].templateText'
  loghunter search --query '{app="shop"} |= "timeout"'`
    )
    .action(async (text: string | undefined, options) => {
      const { runSearch } = await import('./run-search.ts');
      process.exitCode = await runSearch(text, options);
    });
}

function summaryCommand(): Command {
  return asking(new Command('summary'))
    .description(
      'Say how the logs of a server are: events, errors, sources, clusters that need work; exit code 1 when some are new, escalating or regressed.'
    )
    .option('--limit <count>', 'clusters to show', parseCount(200), 10)
    .addHelpText('after', '\nExample:\n  loghunter summary --since 24h --namespace prod')
    .action(async (options) => {
      const { runSummary } = await import('../summary/run-summary.ts');
      process.exitCode = await runSummary(options);
    });
}

function asking(command: Command): Command {
  return command
    .option('--service <name...>', 'only these services')
    .option('--namespace <name...>', 'only these namespaces')
    .option('--since <time>', 'since then: 30m, 6h, 2d (before now) or 2026-11-21T03:00:00Z', '1h')
    .addOption(new Option('--json', 'one JSON document').conflicts('yaml'))
    .option('--yaml', 'one YAML document')
    .option('--server <url>', 'server to ask; also LOGHUNTER_SERVER_URL. Default: http://127.0.0.1:8787')
    .option('--api-key <key>', 'key of the server; better in LOGHUNTER_API_KEY, which no list of processes shows');
}

function parseCount(most: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,9}$/.test(text) || Number(text) === 0 || Number(text) > most) {
      throw new InvalidArgumentError(`Expected a whole number from 1 to ${most}.`);
    }
    return Number(text);
  };
}
