import { Command, Option } from 'commander';

const severities = ['low', 'medium', 'high', 'critical'];

/** `loghunter anomalies`. */
export function anomaliesCommand(): Command {
  return new Command('anomalies')
    .description('List anomaly events that a server has found, the earliest first.')
    .option('--since <time>', 'events that were open since then: 30m, 6h, 2d or 2026-11-21T03:00:00Z', '24h')
    .addOption(new Option('--severity <severity>', 'at least this bad').choices(severities).default('low'))
    .option('--service <name...>', 'only these services')
    .option('--open', 'only those that go on')
    .option('--follow', 'go on and write events as they open, get worse and end; Ctrl-C ends')
    .option('--json', 'one JSON document an event')
    .option('--server <url>', 'server to ask; also LOGHUNTER_SERVER_URL. Default: http://127.0.0.1:8787')
    .option('--api-key <key>', 'key of the server; better in LOGHUNTER_API_KEY, which no list of processes shows')
    .addHelpText(
      'after',
      `
Ends with 1 when there is an event, with 0 when there is none; with --follow as it was ended.

Examples:
  loghunter anomalies --since 2h --severity high
  loghunter anomalies --follow --json | jq -c '{service, kind, title}'`
    )
    .action(async (flags) => {
      const { runAnomalies } = await import('./run-anomalies.ts');
      process.exitCode = await runAnomalies(flags);
    });
}
