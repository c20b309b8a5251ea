import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import {
  id,
  oneOf,
  optionalDay,
  optionalId,
  optionalText,
  several,
  text,
} from '../../platform/actions/fields.ts';
import { invalid } from '../../platform/problem.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { answerRefusals, urgentRefusals, workerRefusals } from './refusals.ts';
import { endOfDay, linkedId, managers, plainNumber, seniors } from './rules.ts';

/** What somebody types to say whose record they mean. */
const sought = {
  sought: optionalText(300),
  born: optionalDay('Enter a date of birth'),
  number: optionalText(60),
  link: optionalText(500),
};

/** Asks whoever holds a record for access. Nobody learns from it whether there is such a record. */
export const askForAccess = action({
  name: 'knowing.ask',
  title: 'Ask a team for access to a record',
  who: practitioners,
  about: 'nobody',
  input: z.object({
    ...sought,
    team: optionalId(),
    why: text(2000, 'Write why you need to see the record'),
  }),
  async run({ rows }, { sought: typed, born, number, link, team, why }) {
    const linked = linkedId(link);
    if (link !== '' && linked === undefined)
      throw invalid({ link: 'Paste the whole link, or leave it empty' });
    if (linked === undefined && team === undefined) throw invalid({ team: 'Choose the team to ask' });
    if (linked === undefined && typed === '' && number === '')
      throw invalid({ sought: 'Write whose record you mean, or give a number' });
    const [known] = await rows.many(sql`select from access.team where id = ${team ?? null}::uuid`);
    if (team !== undefined && known === undefined) throw invalid({ team: 'Choose a team from the list' });
    await rows.run(sql`
      select record.ask_for_access(${team ?? null}::uuid, ${typed}, ${born ?? null}::date, ${plainNumber(number)}, ${linked ?? null}::uuid, ${why})`);
    return { about: [] };
  },
});

/** Gives access until the end of a day, or declines with words. */
export const answerRequest = action({
  name: 'knowing.answer',
  title: 'Answer a colleague who asks for access',
  who: practitioners,
  about: 'the family to which access is given',
  input: z.object({
    request: id(),
    answer: oneOf(['give', 'decline'], 'Choose whether to give access'),
    family: optionalId(),
    until: optionalDay('Enter the last day'),
    words: optionalText(2000),
  }),
  async run({ rows, today }, { request, answer, family, until, words }) {
    if (answer === 'decline') {
      if (words === '') throw invalid({ words: 'Say why not, and what they can do instead' });
      await rows.run(sql`select record.answer_access(${request}::uuid, null, null, ${words})`);
      return { about: [], given: false };
    }
    const wrong: Record<string, string> = {};
    if (family === undefined) wrong.family = 'Choose which family';
    if (until === undefined) wrong.until = 'Enter the last day';
    else if (Temporal.PlainDate.compare(until, today) < 0) wrong.until = 'Enter a day that is today or later';
    else if (Temporal.PlainDate.compare(until, today.add({ years: 1 })) > 0)
      wrong.until = 'Give access for a year at most';
    if (Object.keys(wrong).length > 0 || family === undefined || until === undefined) throw invalid(wrong);
    await rows.run(sql`
      select record.answer_access(${request}::uuid, ${family}::uuid, ${endOfDay(until)}::timestamptz, ${words})`);
    return { about: [family], given: true };
  },
  refusals: answerRefusals,
});

/** Urgent access: at once and for so many hours; told to managers, and reviewed. */
export const takeUrgent = action({
  name: 'knowing.urgent',
  title: 'Take urgent access to a record',
  who: practitioners,
  about: 'the families that are opened',
  input: z.object({
    ...sought,
    why: text(2000, 'Write what the danger is').refine(
      (words) => words.length >= 20,
      'Write what the danger is in 20 characters or more',
    ),
  }),
  async run({ rows }, { sought: typed, born, number, link, why }) {
    const linked = linkedId(link);
    if (link !== '' && linked === undefined)
      throw invalid({ link: 'Paste the whole link, or leave it empty' });
    if (linked === undefined && typed === '' && number === '')
      throw invalid({ sought: 'Write whose record you need, or give a number or a link' });
    const opened = await rows.many<{ family: string; until: Temporal.Instant | null }>(sql`
      select family_id as family, until
      from record.take_urgent(${typed}, ${born ?? null}::date, ${plainNumber(number)}, ${linked ?? null}::uuid, ${why})`);
    const given = opened.filter((use) => use.until !== null);
    return {
      about: given.map((use) => use.family),
      family: given[0]?.family,
      until: given[0]?.until?.toString(),
    };
  },
  refusals: urgentRefusals,
});

/** What a manager says of an urgent access afterwards; never of one's own. "Not right" ends it at once. */
export const review = action({
  name: 'knowing.review',
  title: 'Say whether an urgent access was right',
  who: managers,
  about: 'the family that was opened',
  input: z.object({
    use: id(),
    verdict: oneOf(['right', 'not right'], 'Choose whether it was right'),
    words: text(2000, 'Write what you found'),
  }),
  async run({ rows }, { use, verdict, words }) {
    const [done] = await rows.many<{ family: string }>(
      sql`select record.review_urgent(${use}::uuid, ${verdict}, ${words}) as family`,
    );
    return { about: done ? [done.family] : [] };
  },
  refusals: urgentRefusals,
});

/** The second step for urgent access to a restricted record. */
export const secondStep = action({
  name: 'knowing.second-step',
  title: 'Decide on urgent access to a restricted record',
  who: seniors,
  about: 'the family',
  input: z.object({ use: id(), answer: oneOf(['give', 'refuse'], 'Choose whether to give access') }),
  async run({ rows }, { use, answer }) {
    const [done] = await rows.many<{ family: string }>(
      sql`select record.second_step(${use}::uuid, ${answer === 'give'}) as family`,
    );
    return { about: done ? [done.family] : [] };
  },
  refusals: urgentRefusals,
});

/** Keeps a record to people named one by one; sealed, it is not found by anybody else either. */
export const restrict = action({
  name: 'knowing.restrict',
  title: 'Restrict or seal a record',
  who: seniors,
  about: 'the family',
  input: z.object({
    family: familyId(),
    level: oneOf(['restricted', 'sealed'], 'Choose restricted or sealed'),
    why: text(2000, 'Write why'),
    named: several(z.uuid()).refine(
      (list) => list.length > 0,
      'Name at least one person who goes on seeing it',
    ),
    /** Who of the family is kept with it wherever else they are; a sealed record keeps everybody. */
    people: several(z.uuid()),
  }),
  async run({ rows }, { family, level, why, named, people }) {
    await rows.run(
      sql`select access.set_seal(${family}::uuid, ${level}, ${why}, ${named}::uuid[], ${people}::uuid[])`,
    );
    return { about: [family], family };
  },
  refusals: {
    ...workerRefusals,
    somebody_stays: () => invalid({ named: 'Name at least one person who works here now' }),
  },
});

export const lift = action({
  name: 'knowing.lift',
  title: 'Lift the restriction of a record',
  who: seniors,
  about: 'the family',
  input: z.object({ seal: id(), why: text(2000, 'Write why it is lifted') }),
  async run({ rows }, { seal, why }) {
    const [done] = await rows.many<{ family: string }>(
      sql`select access.lift_seal(${seal}::uuid, ${why}) as family`,
    );
    return { about: done ? [done.family] : [] };
  },
  refusals: { ended_already: workerRefusals.ended_already },
});

/** How many hours urgent access lasts from now on. */
export const setUrgentHours = action({
  name: 'knowing.set-urgent-hours',
  title: 'Set how long urgent access lasts',
  who: seniors,
  about: 'nobody',
  input: z.object({
    hours: z.coerce
      .number({ error: 'Enter a number of hours from 1 to 72' })
      .int('Enter a number of hours from 1 to 72')
      .min(1, 'Enter a number of hours from 1 to 72')
      .max(72, 'Enter a number of hours from 1 to 72'),
  }),
  async run({ rows }, { hours }) {
    await rows.run(sql`select record.set_urgent_hours(${hours})`);
    return { about: [] };
  },
});
