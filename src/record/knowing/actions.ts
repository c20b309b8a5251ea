import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, id, oneOf, optionalId, several } from '../../platform/actions/fields.ts';
import type { Rows } from '../../platform/database/rows.ts';
import { invalid } from '../../platform/problem.ts';
import { worksWithFamilies } from '../families/records.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { coverRefusals, workerRefusals } from './refusals.ts';
import { workingKinds } from './rules.ts';

/** Refuses a holder that does not work with families here. */
async function checkColleague(rows: Rows, holder: string, field: string): Promise<void> {
  if (!(await worksWithFamilies(rows, holder, practitioners))) {
    throw invalid({ [field]: 'Choose a colleague or a team that works with families' });
  }
}

/**
 * Says that somebody, or a team, works with a family. Whoever is in charge of it may; and a manager when nobody who is here
 * works with it: their post manages it from then on. A new lead professional takes the place of the one before.
 */
export const allocate = action({
  name: 'knowing.allocate',
  title: 'Say who works with a family',
  who: practitioners,
  about: 'the family',
  input: z.object({
    family: familyId(),
    to: id('Choose a colleague or a team'),
    as: oneOf(workingKinds, 'Choose what they are to the family'),
  }),
  async run({ rows }, { family, to, as }) {
    await checkColleague(rows, to, 'to');
    await rows.run(sql`select record.allocate(${family}::uuid, ${to}::uuid, ${as})`);
    return { about: [family], family };
  },
  refusals: workerRefusals,
});

/**
 * Hands over all that somebody is to a family, with everything in hand: what areas keep of a family follows the family, so
 * nothing is asked again. `reason` is one of the holder's reasons to work with the family.
 */
export const handOver = action({
  name: 'knowing.hand-over',
  title: 'Hand over a family, with everything in hand',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), reason: id(), to: id('Choose a colleague or a team') }),
  async run({ rows }, { family, reason, to }) {
    await checkColleague(rows, to, 'to');
    await rows.run(sql`select record.hand_over(${family}::uuid, ${reason}::uuid, ${to}::uuid)`);
    return { about: [family], family };
  },
  refusals: workerRefusals,
});

/** Ends that somebody may see a family: whoever is in charge ends it, or they themselves. Somebody who is here must be left. */
export const end = action({
  name: 'knowing.end',
  title: 'End that somebody may see a family',
  who: practitioners,
  about: 'the family',
  input: z.object({ family: familyId(), reason: id() }),
  async run({ rows }, { family, reason }) {
    await rows.run(sql`select record.hand_back(${family}::uuid, ${reason}::uuid)`);
    return { about: [family], family };
  },
  refusals: workerRefusals,
});

/** Hands over families of one worker, all at once or none: one's own, or those of somebody one manages or who has left. */
export const handOverAll = action({
  name: 'knowing.hand-over-all',
  title: 'Hand over the families of a worker',
  who: practitioners,
  about: 'the families',
  input: z.object({
    worker: id('Choose whose families'),
    families: several(z.uuid()).refine((list) => list.length > 0, 'Choose at least one family'),
    to: id('Choose a colleague or a team'),
  }),
  async run({ rows }, { worker, families, to }) {
    await checkColleague(rows, to, 'to');
    await rows.run(sql`select record.hand_over_all(${worker}::uuid, ${to}::uuid, ${families}::uuid[])`);
    return { about: families, families: families.length };
  },
  refusals: workerRefusals,
});

/** A colleague stands in from the beginning of one day until the end of another. It ends by itself. */
export const arrangeCover = action({
  name: 'knowing.cover',
  title: 'Have a colleague stand in during leave',
  who: practitioners,
  about: 'the families covered',
  input: z.object({
    /** Whose families; one's own unless said. */
    worker: optionalId(),
    by: id('Choose who stands in'),
    from: day('Enter the first day'),
    until: day('Enter the last day'),
    /** All of them unless some are chosen. */
    families: several(z.uuid()),
  }),
  async run({ rows, identity, today }, { worker = identity.account, by, from, until, families }) {
    if (Temporal.PlainDate.compare(until, from) < 0)
      throw invalid({ until: 'Enter a last day that is not before the first' });
    if (Temporal.PlainDate.compare(until, today) < 0)
      throw invalid({ until: 'Enter a last day that is today or later' });
    if (until.since(from).days > 366) throw invalid({ until: 'Cover can last a year at most' });
    if (by === worker) throw invalid({ by: 'Choose somebody other than whoever is away' });
    const posts = await rows.many(sql`select from access.post where id = ${by}::uuid`);
    if (posts.length > 0 || !(await worksWithFamilies(rows, by, practitioners)))
      throw invalid({ by: 'Choose a colleague who works with families' });
    const covered = await rows.many<{ family: string }>(sql`
      select family_id as family from record.arrange_cover(${worker}::uuid, ${by}::uuid, ${from}::date, ${until}::date,
        ${families.length > 0 ? families : null}::uuid[])`);
    return { about: covered.map(({ family }) => family), families: covered.length };
  },
  refusals: coverRefusals,
});

/** Ends cover before its time. */
export const endCover = action({
  name: 'knowing.end-cover',
  title: 'End that a colleague stands in',
  who: practitioners,
  about: 'nobody',
  input: z.object({ cover: id() }),
  async run({ rows }, { cover }) {
    await rows.run(sql`select record.end_cover(${cover}::uuid)`);
    return { about: [] };
  },
  refusals: coverRefusals,
});
