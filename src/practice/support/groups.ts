import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { day, id, optionalDay, optionalText, several, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, type Faults, invalid, notFound, Problem, refuse } from '../../platform/problem.ts';
import { practitioners } from '../../record/roles.ts';
import { holdSupport, insertSession, supportPeople } from './helping-records.ts';
import { actsFor, plainDay, programmeOf } from './records.ts';
import { toHelp } from './refusals.ts';
import { cameIds, whyNotThen } from './rules.ts';
import { whenFields } from './together.ts';

// Group work: a group with its places, who is in it, and a register for each time it meets. A time together of a group is a session
// of each family's own support, so that figures count it once for each and nobody's record holds another family.

const group = {
  title: text(200, 'Give the group a name'),
  place: optionalText(300),
  places: z.coerce
    .number({ error: 'Enter how many places there are' })
    .int('Enter a whole number')
    .min(1, 'Enter how many places there are')
    .max(1000, 'Enter 1,000 or fewer'),
  firstOn: day('Enter the day on which it first meets'),
  lastOn: optionalDay('Enter the day on which it last meets'),
};

const outOfOrder = ({
  firstOn,
  lastOn,
}: {
  firstOn?: Temporal.PlainDate | undefined;
  lastOn?: Temporal.PlainDate | undefined;
}): Faults =>
  firstOn !== undefined && lastOn !== undefined && Temporal.PlainDate.compare(lastOn, firstOn) < 0
    ? { lastOn: 'It cannot end before it begins' }
    : {};

export const addGroup = action({
  name: 'support.add-group',
  title: 'Start a group',
  who: practitioners,
  about: 'nobody: the group itself holds no person',
  input: z.object({ programme: text(60, 'Choose the programme'), ...group }),
  faults: (_doing, typed) => outOfOrder(typed),
  async run({ rows, identity }, input) {
    const programme = await programmeOf(rows, input.programme);
    if (programme === undefined || programme.state !== 'open' || programme.groups === undefined)
      throw invalid({ programme: 'Choose a programme that has groups' });
    refuse(outOfOrder(input));
    const teams = await rows.many<{ id: string }>(
      sql`select team_id as id from support.teams_for(${programme.id}, null) where team_id = any (${identity.posts.map(({ team }) => team)}::uuid[]) limit 1`,
    );
    const [team] = teams;
    if (team === undefined)
      throw new Problem(403, 'not-your-team', 'Your team does not run this programme', {
        detail: 'A team that answers for it starts its groups.',
      });
    const [made] = await rows.many<{ id: string }>(sql`
      insert into support.group_work (id, programme, team_id, title, place, places, first_on, last_on)
      values (uuidv7(), ${programme.id}, ${team.id}, ${input.title}, ${input.place}, ${input.places}, ${input.firstOn}, ${input.lastOn ?? null})
      returning id`);
    if (made === undefined) throw new Error('the group was not written');
    return { about: [], group: made.id };
  },
});

const heldGroup = z.object({
  id: z.uuid(),
  programme: z.string(),
  team: z.uuid(),
  places: z.int(),
  firstOn: plainDay,
  version: z.int(),
});

/** A group, held still, if whoever asks is of the team that runs it. Who is in it says nothing to others, and neither does this. */
async function ownGroup({ rows, identity }: Doing, of: string) {
  const [held] = await rows.rows(
    heldGroup,
    sql`select id, programme, team_id as team, places, first_on as "firstOn", version from support.group_work where id = ${of} for update`,
  );
  if (held === undefined) throw notFound();
  if (!(await actsFor(rows, identity.account, held.team))) throw notFound();
  return held;
}

export const changeGroup = action({
  name: 'support.change-group',
  title: 'Change a group: its name, place, places and days',
  who: practitioners,
  about: 'nobody: the group itself holds no person',
  input: z.object({ group: id(), version: version(), ...group }),
  faults: (_doing, typed) => outOfOrder(typed),
  async run(doing, input) {
    const held = await ownGroup(doing, input.group);
    if (held.version !== input.version) throw changedMeanwhile();
    refuse(outOfOrder(input));
    await doing.rows.run(sql`
      update support.group_work set title = ${input.title}, place = ${input.place}, places = ${input.places}, first_on = ${input.firstOn},
        last_on = ${input.lastOn ?? null}, version = version + 1 where id = ${held.id}`);
    return { about: [], group: held.id };
  },
});

export const joinGroup = action({
  name: 'support.join-group',
  title: 'Put people in a group',
  who: practitioners,
  about: 'the family, and those of it who join',
  input: z.object({
    group: id(),
    support: id(),
    people: several(z.uuid('Choose from the list')),
  }),
  async run(doing, input) {
    const { rows, today } = doing;
    const held = await ownGroup(doing, input.group);
    const support = await toHelp(doing, { support: input.support }, ['active', 'paused']);
    if (support.programme !== held.programme)
      throw invalid({ support: 'This help is of another programme: choose help of the same' });
    const theirs = await supportPeople(rows, support.id);
    if (input.people.length === 0 || input.people.some((person) => !theirs.includes(person)))
      throw invalid({ people: 'Choose who of the family joins' });
    const [taken] = await rows.many<{ people: number }>(sql`select people from support.in_group(${held.id})`);
    const used = taken?.people ?? 0;
    if (used + input.people.length > held.places)
      throw new Problem(409, 'group-full', `There are ${held.places} places, and ${used} are taken`, {
        detail: 'Choose another group, or change how many places this one has.',
        fields: { people: `There are ${held.places} places, and ${used} are taken` },
      });
    await rows.run(sql`
      insert into support.group_member (group_id, support_id, family_id, person_id, joined_on)
      select ${held.id}, ${support.id}, ${support.family}, person, ${today} from unnest(${input.people}::uuid[]) person
      on conflict (group_id, person_id) do update set left_on = null`);
    return { about: [support.family, ...input.people], group: held.id };
  },
});

export const leaveGroup = action({
  name: 'support.leave-group',
  title: 'Say that somebody left a group',
  who: practitioners,
  about: 'the family, and who left',
  input: z.object({ group: id(), person: id() }),
  async run(doing, input) {
    const held = await ownGroup(doing, input.group);
    const left = await doing.rows.many<{ family: string }>(sql`
      update support.group_member set left_on = greatest(joined_on, ${doing.today})
      where group_id = ${held.id} and person_id = ${input.person} and left_on is null returning family_id as family`);
    const [row] = left;
    if (row === undefined) throw notFound();
    return { about: [row.family, input.person], group: held.id };
  },
});

/** Why a group cannot have met then. */
function whyNotThere(
  { on, began }: { on?: Temporal.PlainDate | undefined; began?: Temporal.PlainTime | undefined },
  now: Temporal.Instant,
  firstOn: Temporal.PlainDate,
): Faults {
  if (on === undefined) return {};
  const faults = whyNotThen(on, began, now, firstOn);
  return faults.on?.startsWith('Help was agreed') ? { on: 'The group had not begun on that day' } : faults;
}

export const register = action({
  name: 'support.register',
  title: 'Write down who came to a group',
  who: practitioners,
  about: 'each family, and who came',
  input: z.object({
    group: id(),
    ...whenFields,
    came: z.record(z.uuid(), z.enum(cameIds)).default({}),
    what: optionalText(5000),
  }),
  refusals: {
    session_register: () =>
      new Problem(409, 'register-kept', 'The register of that day and hour is there already', {
        detail: 'Nothing was written twice. Look at the group, or enter another hour.',
      }),
  },
  async faults(doing, typed) {
    if (typed.group === undefined) return {};
    return whyNotThere(typed, doing.now, (await ownGroup(doing, typed.group)).firstOn);
  },
  async run(doing, input) {
    const { rows, now } = doing;
    const held = await ownGroup(doing, input.group);
    const faults: Record<string, string> = { ...whyNotThere(input, now, held.firstOn) };
    const members = await rows.many<{ support: string; person: string }>(sql`
      select support_id as support, person_id as person from support.group_member
      where group_id = ${held.id} and joined_on <= ${input.on} and (left_on is null or left_on >= ${input.on}) limit 1000`);
    const marked = members.filter(({ person }) => input.came[person] !== undefined);
    if (marked.length === 0) faults.came = 'Say who came, and who did not';
    refuse(faults);
    const bySupport = Map.groupBy(marked, ({ support }) => support);
    const about: string[] = [];
    // One statement for each family: a register has as many as a group has places.
    for (const [supportId, theirs] of bySupport) {
      const support = await holdSupport(rows, supportId);
      if (support === undefined) continue;
      await insertSession(rows, {
        support,
        group: held.id,
        on: input.on,
        began: input.began,
        minutes: input.minutes,
        way: 'in a group',
        what: input.what,
        answers: [],
        came: theirs.map(({ person }) => ({ person, came: input.came[person] ?? 'did not come' })),
        items: [],
      });
      about.push(support.family, ...theirs.map(({ person }) => person));
    }
    return { about, group: held.id };
  },
});
