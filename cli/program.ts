import { Command, InvalidArgumentError, Option } from 'commander';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import { anomaliesCommand } from './anomalies/anomalies-command.ts';
import { keysCommand } from './keys/keys-command.ts';
import manifest from './package.json' with { type: 'json' };
import { searchCommands } from './search/search-command.ts';
import { tenantsCommand } from './tenants/tenants-command.ts';

const exitCodeHelp = `
Exit codes:
  ${exitCodes.fine}   fine
  ${exitCodes.findings}   findings, for commands that look for some
  ${exitCodes.usage}   wrong use of the command line
  ${exitCodes.unavailable}   a file, the output, the data directory, Loki or the database cannot be used
  ${exitCodes.bug}  a bug in loghunter
  ${exitCodes.configuration}  bad configuration
  ${exitCodes.interrupted} stopped by Ctrl-C or SIGTERM before the end

Data goes to standard output, everything else to standard error.`;

const timeZoneHelp = "zone of times that name none: Europe/Berlin, +02:00, or local for this machine's";

/** The command line. Commands load their code when they run, so that --help and small commands start fast. */
export function createProgram(): Command {
  const program = new Command('loghunter')
    .description('Turns logs into a work list of permanent clusters.')
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'loghunter: ')) })
    .addHelpText('after', exitCodeHelp);
  for (const command of [
    analyzeCommand(),
    clusterCommand(),
    explainCommand(),
    detectCommand(),
    anomaliesCommand(),
    suspectsCommand(),
    serveCommand(),
    demoCommand(),
    migrateCommand(),
    ledgerCommand(),
    auditCommand(),
    keysCommand(),
    tenantsCommand(),
    ...searchCommands(),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

function analyzeCommand(): Command {
  return new Command('analyze')
    .description(
      'Group the lines of log files into clusters, without a server; or, with --service, have a server look for a root cause.'
    )
    .argument('[file...]', 'log files or patterns, plain or compressed with gzip or zstd; - for standard input')
    .option('--follow', 'go on reading as the files grow and rotate; Ctrl-C ends with the report')
    .option('--limit <count>', 'clusters to show', parseCount, 50)
    .option('--since <time>', 'only events since then: 30m, 6h, 2d (before now) or 2026-11-21T03:00:00Z')
    .option('--level <levels>', 'only these levels, such as fatal,error')
    .addOption(
      new Option('--sort <key>', 'order of the clusters').choices(['count', 'first', 'last', 'level']).default('count')
    )
    .option('--timezone <zone>', timeZoneHelp, 'UTC')
    .option('--wide', 'whole templates, however long')
    .addOption(new Option('--json', 'one JSON document').conflicts('yaml'))
    .option('--yaml', 'one YAML document')
    .option(
      '--service <name>',
      'look for the root cause of this service’s trouble since --since (default: the last half hour)'
    )
    .option('--namespace <name>', 'of the service')
    .option(
      '--explain',
      'with --service: also put it into words, by the language model that is set up, or in fixed sentences'
    )
    .option('--server <url>', 'server to ask; also LOGHUNTER_SERVER_URL. Default: http://127.0.0.1:8787')
    .option('--api-key <key>', 'key of the server; better in LOGHUNTER_API_KEY, which no list of processes shows')
    .addHelpText(
      'after',
      `
Examples:
  loghunter analyze app.log
  loghunter analyze --level fatal,error --since 2h '/var/log/app/*.log*'
  kubectl logs deploy/checkout | loghunter analyze --json - | jq '.clusters[0]'
  loghunter analyze --service checkout --since 1h`
    )
    .action(async (files: string[], options) => {
      if (options.service !== undefined && files.length === 0) {
        const { runServiceAnalysis } = await import('./analyze/run-service-analysis.ts');
        process.exitCode = await runServiceAnalysis(options);
        return;
      }
      if (files.length === 0 || options.service !== undefined) {
        throw new CliError(exitCodes.usage, 'analyze takes files, or --service and no files');
      }
      const { runAnalyze } = await import('./analyze/run-analyze.ts');
      process.exitCode = await runAnalyze(files, options);
    });
}

function clusterCommand(): Command {
  return new Command('cluster')
    .description('Read lines from standard input and write one {"id","template"} record per line, in order.')
    .addHelpText('after', '\nExample:\n  loghunter cluster < app.log | jq -r .template | sort | uniq -c | sort -rn')
    .action(async () => {
      const { runCluster } = await import('./cluster/run-cluster.ts');
      await runCluster();
    });
}

function explainCommand(): Command {
  return new Command('explain')
    .description('Say why lines are grouped as they are: header, kept and masked words, stack frames; needs no server.')
    .argument('[file...]', 'log files, plain or compressed; - for standard input')
    .option('--line <text>', 'explain this text instead of files')
    .option('--limit <count>', 'events to explain; rules are learned from all', parseCount, 20)
    .option('--json', 'one JSON document per event')
    .addHelpText(
      'after',
      `
Examples:
  loghunter explain --line "2026-11-21 03:00:00 ERROR payment 17 declined"
  grep -A 20 NullPointer app.log | loghunter explain -`
    )
    .action(async (files: string[], options) => {
      const { runExplain } = await import('./explain/run-explain.ts');
      process.exitCode = await runExplain(files, options);
    });
}

function detectCommand(): Command {
  const counts = new Command('counts')
    .description(
      'Find spikes, dips, silence and bursts of errors in counts per minute: rows `timestamp,total,errors`, total empty where data is missing.'
    )
    .addHelpText('after', '\nWrites a line a row: 0, or severity 1 (LOW) to 4 (CRITICAL) and the number of the event.')
    .action(async () => {
      const { runDetectCounts } = await import('./detect/run-detect.ts');
      await runDetectCounts();
    });
  const series = new Command('series')
    .description('Score every value of a metric by how unusual it is: rows `timestamp,value`.')
    .addHelpText('after', '\nWrites a score a row: 0 for usual, 1 and more for what deserves a look.')
    .action(async () => {
      const { runDetectSeries } = await import('./detect/run-detect.ts');
      await runDetectSeries();
    });
  return new Command('detect')
    .description('Run the detectors on numbers from standard input; needs no server.')
    .addCommand(counts)
    .addCommand(series)
    .addHelpText('after', '\nExample:\n  loghunter detect counts < checkout-per-minute.csv | grep -n -v "^0"');
}

function suspectsCommand(): Command {
  return new Command('suspects')
    .description('Rank the services of an incident by suspicion, with the findings behind it; needs no server.')
    .argument(
      '<folder>',
      'the case: baseline/ and incident/, each with logs.jsonl, traces.jsonl, metrics.jsonl or some of them'
    )
    .addHelpText(
      'after',
      `
Rows of the files:
  logs.jsonl     {"ts":"<ns>","service":"...","trace":"...","span":"...","line":"..."}
  traces.jsonl   {"trace":"...","span":"...","parent":"...","service":"...","operation":"...","start":"<ns>","end":"<ns>"}
  metrics.jsonl  {"ts":"<ns>","service":"...","values":{"CpuUsageRate(%)":12.5}}

Example:
  loghunter suspects ./case | jq '.services[:3]'`
    )
    .action(async (folder: string) => {
      const { runSuspects } = await import('./suspects/run-suspects.ts');
      await runSuspects(folder);
    });
}

function serveCommand(): Command {
  return new Command('serve')
    .description('Run the LogHunter server; settings come from LOGHUNTER_* environment variables.')
    .addHelpText('after', '\nExample:\n  LOGHUNTER_LOKI_URL=http://127.0.0.1:3100 loghunter serve')
    .action(async () => {
      const { runServe } = await import('./serve/run-serve.ts');
      process.exitCode = await runServe();
    });
}

function demoCommand(): Command {
  return new Command('demo')
    .description(
      "Open the Clusters page on six hours of a made-up shop's logs, or on your own files; nothing else is needed."
    )
    .option('--logs <path...>', 'your own log files instead of the shop')
    .option('--timezone <zone>', timeZoneHelp, 'UTC')
    .option('--port <port>', 'port of the page; the next free one when it is taken', parsePort, 3210)
    .option('--data <directory>', 'where the demo keeps its data (default: .cache/demo in the checkout)')
    .option('--seed <number>', 'another seed, another shop', parseCount, 1)
    .option('--no-open', 'do not open a browser')
    .addHelpText('after', '\nExamples:\n  loghunter demo\n  loghunter demo --logs /var/log/syslog app.log.gz')
    .action(async (options) => {
      const { runDemo } = await import('./demo/run-demo.ts');
      process.exitCode = await runDemo(options);
    });
}

function migrateCommand(): Command {
  const command = new Command('migrate').description('Bring the database schema up or down, or show its state.');
  command
    .command('up')
    .description('Apply every migration that is missing.')
    .action(async () => {
      const { migrateUp } = await import('./migrate/run-migrate.ts');
      await migrateUp();
    });
  command
    .command('down')
    .description('Revert the newest migrations.')
    .option('--count <count>', 'how many', parseCount, 1)
    .action(async (options: { readonly count: number }) => {
      const { migrateDown } = await import('./migrate/run-migrate.ts');
      await migrateDown(options.count);
    });
  command
    .command('status')
    .description('List migrations and whether they are applied; exit code 1 when some are not.')
    .action(async () => {
      const { showMigrations } = await import('./migrate/run-migrate.ts');
      process.exitCode = await showMigrations();
    });
  return command;
}

function ledgerCommand(): Command {
  const command = new Command('ledger').description('Look after the counts that the server keeps.');
  command
    .command('verify')
    .description(
      'Compare the stored counts with the log store and with each other; exit code 1 when something differs, also when it was mended.'
    )
    .requiredOption('--since <time>', 'everything since then: 30m, 6h, 2d (before now) or 2026-11-21T03:00:00Z')
    .option('--repair', 'read again what differs, and add up again what does not add up')
    .addHelpText('after', '\nExample:\n  LOGHUNTER_LOKI_URL=http://127.0.0.1:3100 loghunter ledger verify --since 1d')
    .action(async (options: { readonly since: string; readonly repair?: boolean }) => {
      const { runVerify } = await import('./ledger/run-verify.ts');
      process.exitCode = await runVerify(options);
    });
  return command;
}

function auditCommand(): Command {
  const command = new Command('audit').description('Look after the record of who did what.');
  command
    .command('verify')
    .description(
      "Walk along every tenant's audit log and name the first entry that is not what was written; exit code 1 when there is one."
    )
    .addHelpText('after', '\nExample:\n  LOGHUNTER_DATABASE_URL=postgres://... loghunter audit verify')
    .action(async () => {
      const { runVerifyAudit } = await import('./audit/run-verify-audit.ts');
      process.exitCode = await runVerifyAudit();
    });
  return command;
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError('Expected a whole number from 1.');
  }
  return Number(text);
}

function parsePort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  }
  return Number(text);
}
