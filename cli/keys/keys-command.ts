import { Command, InvalidArgumentError, Option } from 'commander';

const scopes = ['read', 'write', 'admin', 'operate'];

/** `loghunter keys`. */
export function keysCommand(): Command {
  const command = new Command('keys').description(
    'Make, list, replace and end API keys in the configured database; the embedded one while no server runs on it.'
  );
  command
    .command('create')
    .description('Make an API key; standard output gets the key, which is shown this once.')
    .requiredOption('--name <name>', 'what the key is for')
    .addOption(
      new Option('--scope <scope...>', 'what the key may do; none holds another').choices(scopes).default(['read'])
    )
    .option('--limit <count>', 'requests an hour (default: the limit of its scopes)', parseLimit)
    .option('--expires <time>', 'when it ends: 90d (from now) or 2027-01-01T00:00:00Z (default: never)')
    .addOption(tenantOption())
    .addHelpText('after', '\nExample:\n  loghunter keys create --name deploys --scope read write --expires 90d')
    .action(async (flags) => {
      const { createKey } = await import('./run-keys.ts');
      await createKey(flags);
    });
  command
    .command('list')
    .description('List keys: id, ends of the key, state, scopes, limit, end, last use, name; fields separated by tabs.')
    .addOption(tenantOption())
    .action(async (flags) => {
      const { listKeys } = await import('./run-keys.ts');
      await listKeys(flags);
    });
  command
    .command('rotate')
    .description('Replace a key by a new one of the same scopes and limit; standard output gets the new one.')
    .argument('<id>', 'id of the key, as `loghunter keys list` shows it')
    .option('--grace <time>', 'how much longer the old one is accepted', '1h')
    .addOption(tenantOption())
    .action(async (id: string, flags) => {
      const { rotateKey } = await import('./run-keys.ts');
      await rotateKey(id, flags);
    });
  command
    .command('revoke')
    .description('End a key; every replica refuses it within a second.')
    .argument('<id>', 'id of the key, as `loghunter keys list` shows it')
    .addOption(tenantOption())
    .action(async (id: string, flags) => {
      const { revokeKey } = await import('./run-keys.ts');
      await revokeKey(id, flags);
    });
  return command;
}

function tenantOption(): Option {
  return new Option('--tenant <name>', 'whose keys (default: the tenant of LOGHUNTER_TENANT)');
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) {
    throw new InvalidArgumentError('Expected a whole number from 1.');
  }
  return Number(text);
}
