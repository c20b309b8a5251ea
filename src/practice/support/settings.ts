import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { several, text } from '../../platform/actions/fields.ts';
import { invalid } from '../../platform/problem.ts';
import { programmeOf } from './records.ts';

/** Those who say which teams answer for a programme: it holds for every partner. */
export const programmeKeepers = ['planning-officer', 'senior-manager', 'system-administrator'] as const;

export const setTeams = action({
  name: 'support.set-teams',
  title: 'Set which teams answer for a programme',
  who: programmeKeepers,
  about: 'nobody',
  input: z.object({
    programme: text(60, 'Choose the programme'),
    /** None: those that its file names. */
    teams: several(z.uuid('Choose from the list')),
  }),
  async run({ rows }, input) {
    if ((await programmeOf(rows, input.programme)) === undefined)
      throw invalid({ programme: 'Choose a programme from the list' });
    const known = await rows.many<{ id: string }>(
      sql`select id from access.team where id = any (${input.teams}::uuid[])`,
    );
    if (known.length !== new Set(input.teams).size) throw invalid({ teams: 'Choose teams from the list' });
    await rows.run(sql`
      delete from support.programme_team where programme = ${input.programme} and team_id <> all (${input.teams}::uuid[])`);
    await rows.run(sql`
      insert into support.programme_team (programme, team_id)
      select ${input.programme}, team from unnest(${input.teams}::uuid[]) team on conflict do nothing`);
    return { about: [], programme: input.programme };
  },
});
