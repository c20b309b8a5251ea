import type { Command } from 'commander';
import {
  createAccount,
  listAccounts,
  markAsLeft,
  type NewAccount,
  resetAccount,
} from '../platform/sign-in/commands.ts';
import { type CommandContext, now } from './context.ts';
import { withInstallation } from './open.ts';

const once = (password: string, expires: Temporal.Instant | undefined) =>
  `Password, to be used once${expires ? ` before ${expires.toZonedDateTimeISO('Europe/London').toPlainDate()}` : ''}: ${password}`;

export function userCommands(program: Command, context: CommandContext): void {
  const user = program.command('user').description('the people who sign in');
  user
    .command('add <name>')
    .description('add somebody with a post; shows a password to be used once')
    .requiredOption('--email <email>', 'what they sign in with')
    .option('--role <role>', 'system-administrator, administrator, social-worker …', 'system-administrator')
    .option('--team <team>', 'made if it is not there', 'Systems')
    .option('--organisation <organisation>', 'made if it is not there')
    .option('--service <service>', 'of a new team: social-work, education …')
    .option('--single-sign-on', 'invite them to single sign-on in place of a password')
    .action(
      (
        name: string,
        options: {
          email: string;
          role: string;
          team: string;
          organisation?: string;
          service?: string;
          singleSignOn?: boolean;
        },
      ) =>
        withInstallation(context, async ({ pools, settings }) => {
          const wanted: NewAccount = {
            name,
            email: options.email,
            role: options.role,
            team: options.team,
            organisation: options.organisation ?? settings.partnership,
            ...(options.service ? { service: options.service } : {}),
            ...(options.singleSignOn ? { way: 'single' } : {}),
          };
          const made = await createAccount(pools.owner, wanted, now());
          context.print(`Added ${name} (${options.role}).`);
          if (made.password) context.print(once(made.password, made.expires));
        }),
    );
  user
    .command('list')
    .description('everybody, with their posts')
    .option('--format <format>', 'table or json', 'table')
    .action((options: { format: string }) =>
      withInstallation(context, async ({ pools }) => {
        const all = await listAccounts(pools.owner);
        if (options.format === 'json') {
          context.print(JSON.stringify(all));
          return;
        }
        for (const each of all)
          context.print(`${each.name}  <${each.email ?? ''}>  ${each.left_at ? 'has left' : each.posts}`);
        if (all.length === 0)
          context.print('Nobody yet. Add the first: kith user add "A Name" --email a.name@example.org');
      }),
    );
  user
    .command('leave <email>')
    .description('mark somebody as having left: every session ends at once')
    .action((email: string) =>
      withInstallation(context, async ({ pools }) => {
        await markAsLeft(pools.owner, email);
        context.print(`${email} has left: sessions, tokens, posts and reasons have ended.`);
      }),
    );
  user
    .command('reset <email>')
    .description('give somebody a new password to be used once')
    .option('--second-step', 'forget their second step too, for a lost phone')
    .action((email: string, options: { secondStep?: boolean }) =>
      withInstallation(context, async ({ pools }) => {
        const made = await resetAccount(pools.owner, email, now(), options.secondStep ?? false);
        context.print(once(made.password, made.expires));
      }),
    );
}
