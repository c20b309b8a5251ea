import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { addWitness, readWitnesses, sealAudit, verifyAudit } from '../platform/audit/seal.ts';
import { Problem } from '../platform/problem.ts';
import { type CommandContext, fromHere, now } from './context.ts';
import { withInstallation } from './open.ts';

export function auditCommands(program: Command, context: CommandContext): void {
  const audit = program.command('audit').description('the audit trail');
  audit
    .command('verify')
    .description('prove that nothing in the audit trail was changed, taken out or put in')
    .option('--witness <file>', 'a file of earlier seals, kept elsewhere, to compare with')
    .option('--format <format>', 'table or json', 'table')
    .action((options: { witness?: string; format: string }) =>
      withInstallation(context, async ({ pools, settings }) => {
        await sealAudit(pools.app);
        const own = join(settings.dataDir, 'audit-witness');
        // The first time there is no seal of ours to compare with; a file that was named has to be there.
        const kept =
          options.witness || existsSync(own)
            ? await readWitnesses(options.witness ? fromHere(options.witness) : own)
            : [];
        const found = await verifyAudit(pools.owner, kept);
        if (options.format === 'json') {
          context.print(
            JSON.stringify(found, (_key, value) => (typeof value === 'bigint' ? Number(value) : value)),
          );
        } else {
          context.print(
            `${found.seals} seals over ${found.events} events; ${found.unsealed} not yet sealed.`,
          );
        }
        if (found.fault)
          throw new Problem(500, 'audit-fault', found.fault, {
            detail: 'Keep the data folder as it is and find out who changed it.',
          });
        if (found.newest) await addWitness(own, found.newest, now());
        if (options.format !== 'json') context.print('The audit trail is whole.');
      }),
    );
}
