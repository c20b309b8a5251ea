import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Marked } from '../access-families.ts';
import type { Persona, World } from '../access-world.ts';
import { about, type Input, open, type Sample } from './sample.ts';

// Family group meetings: everything is written past every policy, with the family's own worker's team as the coordinators.

type Of = Pick<Marked, 'family' | 'child' | 'parent' | 'key' | 'crew'>;
type State = 'waiting' | 'preparing' | 'following' | 'ended';

interface Written {
  state?: State;
  coordinator?: string;
  bottomLineOf?: string;
  askedBy?: string;
  /** How its plan stands; none unless said. */
  plan?: 'to be answered' | 'agreed';
  /** How its meeting stands: planned, or held. */
  meeting?: 'planned' | 'held';
}

export interface WrittenProcess {
  process: string;
  guest: string;
}

/** A family group meeting in a state, every word of it a mark. One that was live before has ended: a family has one at a time. */
export async function writtenProcess(
  { superuser }: Pick<TestDatabase, 'superuser'>,
  { family, child, parent, key, crew }: Of,
  {
    state = 'preparing',
    coordinator = crew.maker.account,
    bottomLineOf = crew.decider.account,
    askedBy = crew.decider.account,
    plan,
    meeting,
  }: Written = {},
): Promise<WrittenProcess> {
  const mark = `Zqx${key}`;
  await superuser.query(
    `update family_group.process set state = case when state = 'waiting' then 'not taken' else 'ended' end, ended_on = greatest(asked_on, accepted_on, plan_agreed_on), ending = 'other help'
     where family_id = $1 and state in ('waiting', 'preparing', 'following')`,
    [family],
  );
  const taken = state !== 'waiting';
  const { rows } = await superuser.query<{ id: string; guest: string }>(
    `with made as (
       insert into family_group.process (reference, family_id, team_id, asked_by, asked_team, asked_on, answer_by, decide, strengths, bottom_line,
         bottom_line_of, safety, view, agreed_with, state, coordinator, accepted_on, plan_by, plan_agreed_on, ended_on, ending)
       values ($1, $2, $3, $4, (select id from access.team where id <> $3 order by id limit 1), '2026-10-01', '2026-10-15', $5 || ' decide',
         $5 || ' strengths', $5 || ' bottom line', $6, $5 || ' safety', $5 || ' view', $5 || ' agreed', $7::text, $8, $9, $10, $11, $12, $13)
       returning id, family_id),
     children as (insert into family_group.child (process_id, family_id, person_id) select id, family_id, $14 from made),
     guest as (insert into family_group.guest (process_id, family_id, person_id, relation, standing, asked_by, view, needs)
       select id, family_id, $14, $5 || ' relation', 'comes', $5 || ' by', $5 || ' says', $5 || ' needs' from made returning id, process_id, family_id),
     named as (insert into family_group.guest (process_id, family_id, named, named_agreed, standing, why_not)
       select id, family_id, $5 || ' named', $5 || ' agreed', 'should not be there', $5 || ' why not' from made),
     met as (insert into family_group.preparation (process_id, family_id, guest_id, on_day, way, needs)
       select process_id, family_id, id, '2026-10-05', 'at home', $5 || ' needed' from guest),
     step as (insert into family_group.step (process_id, family_id, step, why, next, by_account, on_day)
       select id, family_id, 'asked', $5 || ' why', $5 || ' next', $4, '2026-10-01' from made)
     select made.id, guest.id as guest from made, guest`,
    [
      `FAMILY-${randomUUID()}`,
      family,
      crew.maker.team,
      askedBy,
      mark,
      bottomLineOf,
      state,
      taken ? coordinator : null,
      taken ? '2026-10-02' : null,
      taken ? '2026-12-25' : null,
      plan === 'agreed' ? '2026-11-01' : null,
      state === 'ended' ? '2026-11-10' : null,
      state === 'ended' ? 'has what it needs' : null,
      child,
    ],
  );
  const process = rows[0]?.id ?? '';
  const guest = rows[0]?.guest ?? '';
  if (meeting !== undefined || plan !== undefined)
    await superuser.query(
      `with meeting as (insert into family_group.meeting (process_id, family_id, kind, on_day, began, place, held, information, private_minutes)
         values ($1, $2, 'family meeting', '2026-10-20', '10:00', $4 || ' place', $5, $4 || ' information', 40) returning id)
       insert into family_group.came (meeting_id, family_id, guest_id) select id, $2, $3 from meeting`,
      [process, family, guest, mark, meeting !== 'planned'],
    );
  if (plan !== undefined)
    await superuser.query(
      `with plan as (insert into family_group.plan (process_id, family_id, meeting_id, words, offered, review_on, standing, why, written_on, answered_on, answered_by)
         select $1, $2, m.id, $4 || ' plan', $4 || ' offered', '2027-01-20', $5::text, $4 || ' answer', '2026-10-20',
           case when $5 = 'agreed' then date '2026-11-01' end, case when $5 = 'agreed' then $6::uuid end
         from family_group.meeting m where m.process_id = $1 returning id),
       done as (insert into family_group.plan_action (plan_id, family_id, place, what, guest_id, due) select id, $2, 1, $4 || ' does', $3, '2026-12-01' from plan),
       review as (insert into family_group.review (process_id, family_id, due) select $1, $2, '2027-01-20' from plan where $5 = 'agreed')
       insert into family_group.given (plan_id, family_id, guest_id, on_day, way) select id, $2, $3, '2026-11-02', 'by hand' from plan where $5 = 'agreed' and $7`,
      [process, family, guest, mark, plan, bottomLineOf, state === 'ended'],
    );
  if (parent === '') throw new Error('a family of the tests has a parent');
  return { process, guest };
}

/** A team of coordinators in which somebody works; its id. */
async function coordinatorsOf({ database: { superuser }, organisation, bystander }: World): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `with team as (insert into access.team (organisation_id, name, service) values ($1, 'Coordinators', 'family-group')
         on conflict (organisation_id, name) do update set service = excluded.service returning id),
       post as (insert into access.post (team_id, role_id) select id, 'family-support-worker' from team
         on conflict (team_id, role_id) do update set role_id = excluded.role_id returning id),
       holds as (insert into access.holding (account_id, post_id, during) select $2, id, tstzrange('2020-01-01', null) from post
         where not exists (select from access.holding h where h.account_id = $2 and h.post_id = post.id))
     select id from team`,
    [organisation, bystander.account],
  );
  return rows[0]?.id ?? '';
}

/** Room for forty families. */
const roomFor = ({ database: { superuser } }: World, account: string, team: string) =>
  superuser.query(
    `insert into family_group.room (account_id, team_id, at_once, during) values ($1, $2, 40, '[2020-01-01,)') on conflict do nothing`,
    [account, team],
  );

const words = (of: Marked, what: string): string => `Zqx${of.key} ${what}`;

/** A family that waited for whoever asks, until a colleague took it on: they see it no longer. */
async function waitedFor(world: World, of: Marked, asker: Persona | undefined): Promise<Input> {
  const { process } = await writtenProcess(world.database, of);
  await world.database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope, about_record, since, until)
     values ($1, $2, 'family-group-asked', 'practice', $3, '2026-10-01', '2026-10-02')`,
    [of.family, asker?.account ?? of.crew.maker.account, process],
  );
  return { process };
}

/** What a coordinator does: whoever asks is the one of this family. */
const coordinating = (more: (of: Marked, it: WrittenProcess) => Input, written: Written = {}): Sample => ({
  ...about(async (world: World, of: Marked, asker: Persona | undefined) => {
    const it = await writtenProcess(world.database, of, {
      ...written,
      coordinator: asker?.account ?? of.crew.maker.account,
    });
    return { process: it.process, version: 1, ...more(of, it) };
  }),
});
const seen = (more: (of: Marked) => Input, written: Written): Sample =>
  about(async (world, of) => ({
    process: (await writtenProcess(world.database, of, written)).process,
    version: 1,
    ...more(of),
  }));

export const samples: Readonly<Record<string, Sample>> = {
  'family-group.ask': about(async (world, of) => {
    const team = await coordinatorsOf(world);
    await writtenProcess(world.database, of, { state: 'ended' });
    return {
      family: of.family,
      children: [of.child],
      decide: words(of, 'decide'),
      bottomLine: words(of, 'bottom line'),
      bottomLineOf: of.crew.maker.account,
      safety: words(of, 'safety'),
      agreedWith: words(of, 'agreed'),
      team,
    };
  }),
  'family-group.withdraw': {
    ...about(async (world: World, of: Marked, asker: Persona | undefined) => ({
      process: (
        await writtenProcess(world.database, of, {
          state: 'waiting',
          askedBy: asker?.account ?? of.crew.maker.account,
        })
      ).process,
      version: 1,
      why: words(of, 'why'),
    })),
  },
  'family-group.turn-away': seen((of) => ({ why: words(of, 'why'), next: words(of, 'next') }), {
    state: 'waiting',
  }),
  'family-group.accept': {
    ...about(async (world: World, of: Marked, asker: Persona | undefined) => {
      await roomFor(world, asker?.account ?? of.crew.maker.account, of.crew.maker.team);
      const { process } = await writtenProcess(world.database, of, { state: 'waiting' });
      return { process, version: 1, outOfTurn: words(of, 'out of turn') };
    }),
  },
  'family-group.hand-over': {
    ...about(async (world: World, of: Marked, asker: Persona | undefined) => {
      await roomFor(world, of.crew.maker.account, of.crew.maker.team);
      const { process } = await writtenProcess(world.database, of, {
        coordinator: asker?.account ?? of.crew.decider.account,
      });
      return { process, version: 1, coordinator: of.crew.maker.account, why: words(of, 'why') };
    }),
  },
  'family-group.set-room': open(async (world, _of, asker) => {
    const { superuser } = world.database;
    // Whoever asks works in a team of coordinators for this.
    await superuser.query(
      `update access.team t set service = 'family-group' where exists (
         select from access.post p join access.holding h on h.post_id = p.id where p.team_id = t.id and h.account_id = $1)`,
      [asker?.account ?? world.bystander.account],
    );
    await superuser.query('delete from family_group.room where account_id = $1', [
      asker?.account ?? world.bystander.account,
    ]);
    return { version: 0, atOnce: 4 };
  }),
  'family-group.add-guest': coordinating((of) => ({
    named: words(of, 'friend'),
    namedAgreed: words(of, 'said yes'),
    standing: 'to be asked',
  })),
  'family-group.change-guest': coordinating((of, { guest }) => ({
    guest,
    standing: 'cannot come',
    view: words(of, 'view'),
  })),
  'family-group.prepare': coordinating((of, { guest }) => ({
    guest,
    on: '2026-11-02',
    way: 'at home',
    needs: words(of, 'needs'),
  })),
  'family-group.arrange': coordinating((of) => ({
    kind: 'family meeting',
    on: '2199-01-01',
    began: '10:00',
    place: words(of, 'place'),
  })),
  'family-group.hold': coordinating(
    (of, { guest }) => ({
      on: '2026-11-02',
      began: '10:00',
      information: words(of, 'information'),
      privateMinutes: 30,
      came: [guest],
    }),
    { meeting: 'planned' },
  ),
  'family-group.write-plan': coordinating(
    (of, { guest }) => ({
      words: words(of, 'plan'),
      actions: [{ what: words(of, 'does'), guest }],
      reviewOn: '2199-01-01',
    }),
    { meeting: 'held' },
  ),
  'family-group.answer-plan': {
    ...about(async (world: World, of: Marked, asker: Persona | undefined) => ({
      process: (
        await writtenProcess(world.database, of, {
          plan: 'to be answered',
          bottomLineOf: asker?.account ?? of.crew.decider.account,
        })
      ).process,
      version: 1,
      answer: 'agreed',
      why: words(of, 'why'),
    })),
  },
  'family-group.give': coordinating((_of, { guest }) => ({ to: [guest], way: 'by hand', on: '2026-11-05' }), {
    state: 'following',
    plan: 'agreed',
  }),
  'family-group.review': coordinating(
    (of) => ({ on: '2026-11-05', said: words(of, 'said'), outcome: 'goes well' }),
    { state: 'following', plan: 'agreed' },
  ),
  'family-group.end': coordinating(
    (of) => ({ ending: 'has what it needs', why: words(of, 'why'), next: words(of, 'next') }),
    { state: 'following', plan: 'agreed' },
  ),
  'family-group.waiting': about(async (world, of) => {
    await writtenProcess(world.database, of, { state: 'waiting' });
    return {};
  }),
  'family-group.mine': {
    ...about(async (world: World, of: Marked, asker: Persona | undefined) => {
      await writtenProcess(world.database, of, { coordinator: asker?.account ?? of.crew.maker.account });
      return {};
    }),
    own: true,
  },
  'family-group.of-family': about(async (world, of) => {
    await writtenProcess(world.database, of);
    return { family: of.family };
  }),
  'family-group.rooms': open(),
  'family-group.coordinators': open(),
  'family-group.ask-form': about((_world, of) => ({ family: of.family })),
  'family-group.process': about(async (world, of) => ({
    process: (await writtenProcess(world.database, of, { state: 'ended', plan: 'agreed' })).process,
  })),
  'family-group.plan-document': about(async (world, of) => ({
    process: (await writtenProcess(world.database, of, { state: 'ended', plan: 'agreed' })).process,
  })),
  'family-group.can-ask': about(async (world, of) => ({
    process: (await writtenProcess(world.database, of)).process,
  })),
  'family-group.taken-by': { ...open(waitedFor), own: true },
  'family-group.start': open(),
};
