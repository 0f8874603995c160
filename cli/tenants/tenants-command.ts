import { Command, Option } from 'commander';

/** `loghunter tenants`. */
export function tenantsCommand(): Command {
  const command = new Command('tenants').description(
    'Make and change tenants, and say which of them organisations of Grafana are, in the configured database.'
  );
  command
    .command('list')
    .description("List tenants: id, name, Loki's tenant id, organisations of Grafana; fields separated by tabs.")
    .action(async () => {
      const { listTenants } = await import('./run-tenants.ts');
      await listTenants();
    });
  command
    .command('create')
    .description('Make a tenant; standard output gets its id.')
    .argument('<name>')
    .addOption(lokiOption())
    .addHelpText('after', '\nExample:\n  loghunter tenants create payments --loki-org-id team-payments')
    .action(async (name: string, flags) => {
      const { createTenant } = await import('./run-tenants.ts');
      await createTenant(name, flags);
    });
  command
    .command('update')
    .description('Rename a tenant or change where its logs are.')
    .argument('<tenant>', 'its present name')
    .option('--name <name>', 'another name')
    .addOption(lokiOption())
    .action(async (tenant: string, flags) => {
      const { updateTenant } = await import('./run-tenants.ts');
      await updateTenant(tenant, flags);
    });
  command
    .command('map')
    .description('Say which tenant an organisation of Grafana is.')
    .argument('<organisation>', "Grafana's number of it")
    .argument('<tenant>', 'name of the tenant')
    .action(async (organisation: string, tenant: string) => {
      const { mapOrganisation } = await import('./run-tenants.ts');
      await mapOrganisation(organisation, tenant);
    });
  command
    .command('unmap')
    .description("Make an organisation of Grafana nobody's.")
    .argument('<organisation>', "Grafana's number of it")
    .action(async (organisation: string) => {
      const { unmapOrganisation } = await import('./run-tenants.ts');
      await unmapOrganisation(organisation);
    });
  return command;
}

function lokiOption(): Option {
  return new Option('--loki-org-id <id>', "its tenant id in Loki, the X-Scope-OrgID; no two tenants' are the same");
}
