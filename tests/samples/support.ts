import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Marked } from '../access-families.ts';
import type { Persona, World } from '../access-world.ts';
import { samples as outside, sentTo } from './asked-outside.ts';
import { about, type Input, open, type Sample } from './sample.ts';

// Help for families: everything is written past every policy, with the family's own worker's team as the one that helps.

type Of = Pick<Marked, 'family' | 'child' | 'key' | 'crew'>;

const shipped = 'neurodevelopmental-family-support';
/** Programmes like the shipped one without an end of room, so that every sample finds a place. */
const sampleHelp = 'sample-help';
const sampleBack = 'sample-back';
const sampleOn = 'sample-on';

async function programmesFor({ superuser }: Pick<TestDatabase, 'superuser'>, team: string): Promise<void> {
  await superuser.query(
    `insert into support.programme (id, title, state, definition)
     select each, 'Sample help', 'open', (definition - 'capacity') || jsonb_build_object('id', each, 'title', 'Sample help')
     from support.programme, unnest($1::text[]) each where id = $2 on conflict do nothing`,
    [[sampleHelp, sampleBack, sampleOn], shipped],
  );
  await superuser.query(
    `insert into support.programme_team (programme, team_id) select each, $2 from unnest($1::text[]) each on conflict do nothing`,
    [[sampleHelp, sampleBack, sampleOn], team],
  );
}

/** A request for help of a family, every word of it a mark; its id. */
export async function writtenRequest(
  database: Pick<TestDatabase, 'superuser'>,
  { family, child, key, crew }: Of,
  { by = crew.maker.account, team = crew.maker.team, climbed = 0 } = {},
): Promise<string> {
  await programmesFor(database, crew.maker.team);
  const mark = `Zqx${key}`;
  const { rows } = await database.superuser.query<{ id: string }>(
    `with made as (
       insert into support.request (reference, family_id, programme, asked_for, source, asked_by, asked_team, reason, tried, view, agreed, urgency,
         answers, findings, team_id, sent_on, acknowledge_by, answer_by, climbed)
       values ($1, $2, $3, $3, 'social work', $4, $5, $6 || ' reason', $6 || ' tried', $6 || ' view', $6 || ' agreed', 'soon',
         jsonb_build_array(jsonb_build_object('id', 'profile', 'title', 'What?', 'kind', 'choice', 'value', 'waiting', 'words', $6 || ' answer')),
         jsonb_build_array(jsonb_build_object('met', true, 'because', $6 || ' because')), $7, '2026-11-10', '2026-11-12', '2026-11-24', $8) returning id, family_id),
     whom as (insert into support.request_person (request_id, family_id, person_id) select id, family_id, $9 from made),
     step as (insert into support.request_step (request_id, family_id, step, programme, team_id, why, by_account, on_day)
       select id, family_id, 'sent', $3, $7, $6 || ' why', $4, '2026-11-10' from made)
     select id from made`,
    [`HELP-${randomUUID()}`, family, sampleHelp, by, crew.maker.team, mark, team, climbed, child],
  );
  return rows[0]?.id ?? '';
}

interface Written {
  state?: 'waiting' | 'active' | 'paused' | 'ended';
  programme?: string;
  lead?: string;
}

/** Help that a family has, with a goal, a session, a reading and, when it has ended, an ending; its id. */
export async function writtenSupport(
  database: Pick<TestDatabase, 'superuser'>,
  { family, child, key, crew }: Of,
  { state = 'active', programme = sampleHelp, lead = crew.maker.account }: Written = {},
): Promise<string> {
  await programmesFor(database, crew.maker.team);
  const mark = `Zqx${key}`;
  const { rows } = await database.superuser.query<{ id: string }>(
    `with made as (
       insert into support.support (family_id, programme, level, team_id, lead, state, stage, agreed_on, waited_from, since, until, review_by)
       values ($1, $2, 'additional', $3, $4, $5::text, 'getting-to-know', '2026-11-01', '2026-10-20', case when $5 <> 'waiting' then date '2026-11-02' end,
         case when $5 = 'ended' then date '2026-11-15' end, case when $5 in ('active', 'paused') then date '2026-11-25' end)
       returning id, family_id),
     whom as (insert into support.support_person (support_id, family_id, person_id) select id, family_id, $6 from made),
     step as (insert into support.support_step (support_id, family_id, step, why, by_account, on_day) select id, family_id, 'began', $7 || ' why', $4, '2026-11-02' from made)
     select id from made`,
    [family, programme, crew.maker.team, lead, state, child, mark],
  );
  const support = rows[0]?.id ?? '';
  await database.superuser.query(
    `with session as (
       insert into support.session (support_id, family_id, programme, level, on_day, began, minutes, way, what, by_account)
       values ($1, $2, $3, 'additional', '2026-11-05', '10:00', 45, 'at home', $4 || ' what', $5) returning id),
     whom as (insert into support.session_person (session_id, family_id, person_id, came) select id, $2, $6, 'came' from session),
     reading as (insert into support.reading (support_id, family_id, programme, tool, moment, on_day, score, words, by_account)
       values ($1, $2, $3, 'everyday-life', 'first', '2026-11-05', 3, $4 || ' said', $5) returning id)
     insert into support.reading_score (reading_id, family_id, area, title, score) select id, $2, 'food', $4 || ' area', 3 from reading`,
    [support, family, programme, mark, crew.maker.account, child],
  );
  await goalOf(database, { family, key }, support);
  if (state === 'ended')
    await database.superuser.query(
      `insert into support.ending (support_id, family_id, outcome, why, next, view, ended_on, by_account)
       values ($1, $2, 'goals-reached', $3 || ' why', $3 || ' next', $3 || ' view', '2026-11-15', $4)`,
      [support, family, mark, crew.maker.account],
    );
  return support;
}

async function goalOf(
  { superuser }: Pick<TestDatabase, 'superuser'>,
  { family, key }: Pick<Of, 'family' | 'key'>,
  support: string,
): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into support.goal (support_id, family_id, words, set_on) values ($1, $2, $3, '2026-11-03') returning id`,
    [support, family, `Zqx${key} goal`],
  );
  return rows[0]?.id ?? '';
}

/** A group of the team that helps a family; with its help in it where that is given. */
export async function writtenGroup(
  { superuser }: Pick<TestDatabase, 'superuser'>,
  { family, child, crew }: Of,
  support?: string,
): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into support.group_work (programme, team_id, title, place, places, first_on) values ($1, $2, 'Tuesday group', 'The hub', 900, '2026-11-01') returning id`,
    [sampleHelp, crew.maker.team],
  );
  const group = rows[0]?.id ?? '';
  if (support !== undefined)
    await superuser.query(
      `insert into support.group_member (group_id, support_id, family_id, person_id, joined_on) values ($1, $2, $3, $4, '2026-11-02')`,
      [group, support, family, child],
    );
  return group;
}

const asked = async (world: World, of: Marked): Promise<string> => writtenRequest(world.database, of);
const helped = (world: World, of: Marked, more: Written = {}): Promise<string> =>
  writtenSupport(world.database, of, more);

const request = (more: (of: Marked) => Input): Sample =>
  about(async (world, of) => ({ request: await asked(world, of), version: 1, ...more(of) }));
const support = (more: (of: Marked) => Input, written: Written = {}): Sample =>
  about(async (world, of) => ({ support: await helped(world, of, written), version: 1, ...more(of) }));

/** What is led, due or asked for by whoever asks, of a family that they see. */
const own = (make: (world: World, of: Marked, account: string) => Promise<unknown>): Sample => ({
  ...about(async (world: World, of: Marked, asker: Persona | undefined) => {
    await make(world, of, asker?.account ?? of.crew.maker.account);
    return {};
  }),
  own: true,
});

const words = (of: Marked, what: string): string => `Zqx${of.key} ${what}`;
const when = { on: '2026-11-10', began: '14:00', minutes: 30 };

async function grouped(world: World, of: Marked): Promise<{ group: string; support: string }> {
  const help = await helped(world, of);
  return { group: await writtenGroup(world.database, of, help), support: help };
}

export const samples: Readonly<Record<string, Sample>> = {
  ...outside,
  'support.asked-make': about(async (world, of, asker) => {
    await programmesFor(world.database, of.crew.maker.team);
    return {
      asked: await sentTo(world, asker),
      version: 1,
      family: of.family,
      programme: sampleHelp,
      people: [of.child],
      urgency: 'soon',
    };
  }),
  'support.ask': about(async (world, of) => {
    await programmesFor(world.database, of.crew.maker.team);
    return {
      family: of.family,
      programme: sampleHelp,
      people: [of.child],
      team: of.crew.maker.team,
      reason: words(of, 'reason'),
      agreed: words(of, 'agreed'),
      urgency: 'soon',
    };
  }),
  'support.close': request((of) => ({ why: words(of, 'why') })),
  'support.acknowledge': request(() => ({})),
  'support.accept': request((of) => ({ level: 'additional', waits: 'yes', why: words(of, 'why') })),
  'support.redirect': request((of) => ({
    programme: sampleOn,
    team: of.crew.maker.team,
    why: words(of, 'why'),
    told: words(of, 'told'),
  })),
  'support.decline': request((of) => ({
    why: words(of, 'why'),
    next: words(of, 'next'),
    told: words(of, 'told'),
  })),
  'support.begin': support((of) => ({ lead: of.crew.maker.account }), { state: 'waiting' }),
  'support.set-lead': support((of) => ({ lead: of.crew.decider.account })),
  'support.change-level': support((of) => ({ level: 'intensive', why: words(of, 'why') })),
  'support.move-stage': support(() => ({ stage: 'trying-things' })),
  'support.pause': support((of) => ({ why: words(of, 'why'), backBy: '2026-12-20' })),
  'support.go-on': support(() => ({}), { state: 'paused' }),
  'support.review': support((of) => ({ on: '2026-11-10', said: words(of, 'said') })),
  'support.add-goal': support((of) => ({ words: words(of, 'goal'), person: of.child })),
  'support.end-goal': about(async (world, of) => ({
    goal: await goalOf(world.database, of, await helped(world, of)),
    version: 1,
    state: 'reached',
  })),
  'support.add-session': support((of) => ({
    ...when,
    way: 'at home',
    came: { [of.child]: 'came' },
    what: words(of, 'what'),
  })),
  'support.add-reading': support((of) => ({
    tool: 'everyday-life',
    moment: 'between',
    on: '2026-11-10',
    words: words(of, 'said'),
    scores: Object.fromEntries(
      ['mornings', 'food', 'sleep', 'feelings', 'brothers-and-sisters', 'time-for-us'].map((area) => [
        area,
        '4',
      ]),
    ),
  })),
  'support.end': support((of) => ({
    outcome: 'goals-reached',
    why: words(of, 'why'),
    next: words(of, 'next'),
    on: '2026-11-18',
  })),
  'support.come-back': about(async (world, of) => {
    await world.database.superuser.query(
      `update support.support set state = 'ended', until = date '2026-11-18' where programme = $1 and state <> 'ended'`,
      [sampleBack],
    );
    return {
      support: await helped(world, of, { state: 'ended', programme: sampleBack }),
      why: words(of, 'why'),
      agreed: words(of, 'agreed'),
    };
  }),
  'support.add-group': open(async (world, of) => {
    for (const { crew } of [world.ours, world.theirs]) await programmesFor(world.database, crew.maker.team);
    await programmesFor(world.database, world.team);
    return { programme: sampleHelp, title: 'A group', places: 8, firstOn: '2026-12-01', place: of.key };
  }),
  'support.change-group': about(async (world, of) => ({
    group: await writtenGroup(world.database, of),
    version: 1,
    title: 'A group',
    places: 9,
    firstOn: '2026-12-01',
  })),
  'support.join-group': about(async (world, of) => ({
    group: await writtenGroup(world.database, of),
    support: await helped(world, of),
    people: [of.child],
  })),
  'support.leave-group': about(async (world, of) => ({
    group: (await grouped(world, of)).group,
    person: of.child,
  })),
  'support.register': about(async (world, of) => ({
    group: (await grouped(world, of)).group,
    ...when,
    came: { [of.child]: 'came' },
    what: 'Cooking',
  })),
  'support.set-teams': open(async (world) => {
    await programmesFor(world.database, world.team);
    return { programme: sampleOn, teams: [world.ours.crew.maker.team, world.theirs.crew.maker.team] };
  }),
  'support.programmes': open(),
  'support.programme': open(() => ({ programme: shipped })),
  'support.teams': open(),
  'support.ask-form': about((_world, of) => ({ family: of.family, programme: shipped })),
  'support.queue': about(async (world, of) => {
    await asked(world, of);
    return {};
  }),
  'support.climbed': about(async (world, of) => {
    const id = await writtenRequest(world.database, of, { team: world.team, climbed: 2 });
    await world.database.superuser.query(
      `insert into access.reason (subject, holder, kind, scope, about_record) values ($1, $2, 'support-asked', 'practice', $3)`,
      [of.family, of.crew.decider.post, id],
    );
    return {};
  }),
  'support.mine': own((world, of, by) => writtenRequest(world.database, of, { by })),
  'support.request': about(async (world, of) => ({ request: await asked(world, of) })),
  'support.of-family': about(async (world, of) => {
    await asked(world, of);
    return { family: of.family };
  }),
  'support.start': open(),
  'support.waiting': about(async (world, of) => {
    await helped(world, of, { state: 'waiting' });
    return {};
  }),
  'support.leading': own((world, of, lead) => helped(world, of, { lead })),
  'support.of-team': about(async (world, of) => {
    await helped(world, of);
    return {};
  }),
  'support.support': about(async (world, of) => ({ support: await helped(world, of, { state: 'ended' }) })),
  'support.sessions': about(async (world, of) => ({ support: await helped(world, of) })),
  'support.groups': open(),
  'support.group': open(async (world, of) => ({ group: await writtenGroup(world.database, of) })),
  'support.members': about(async (world, of) => ({ group: (await grouped(world, of)).group })),
  'support.can-join': about(async (world, of) => {
    await helped(world, of);
    return { group: await writtenGroup(world.database, of) };
  }),
  'support.due': own((world, of, lead) => helped(world, of, { lead })),
};
