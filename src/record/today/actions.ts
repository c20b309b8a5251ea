import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, id, oneOf, optionalId, optionalText, text } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { familyName } from '../families/records.ts';
import { familyId } from '../fields.ts';
import { managers } from '../knowing/rules.ts';
import { practitioners } from '../roles.ts';
import { ratings } from './rules.ts';

/** Throws away what whoever asks has typed into one form and not sent. */
export const discardDraft = action({
  name: 'today.discard-draft',
  title: 'Throw away something I typed and did not send',
  who: practitioners,
  about: 'nobody',
  input: z.object({ draft: text(200) }),
  async run({ rows }, { draft }) {
    await rows.run(
      sql`delete from platform.draft where account_id = access.account_id() and name = ${draft}`,
    );
    return { about: [] };
  },
});

/** The weekly review of a family by a manager. `after` is the review that stood when the form was opened. */
export const review = action({
  name: 'team.review',
  title: 'Look again at how much help a family needs this week',
  who: managers,
  about: 'the family',
  input: z.object({
    family: familyId(),
    after: optionalId(),
    rating: oneOf(ratings, 'Choose green, amber or red'),
    words: text(2000, 'Say why, in a sentence or two'),
  }),
  async run({ rows, today }, { family, after, rating, words }) {
    if ((await familyName(rows, family)) === undefined) throw notFound();
    await rows.run(sql`select pg_advisory_xact_lock(hashtextextended(${`review ${family}`}, 0))`);
    const [newest] = await rows.many<{ id: string }>(sql`
      select id from record.caseload_review where family_id = ${family}::uuid order by reviewed_at desc, id desc limit 1`);
    if (newest?.id !== after) throw changedMeanwhile();
    await rows.run(sql`
      insert into record.caseload_review (family_id, rating, words, reviewed_on)
      values (${family}::uuid, ${rating}, ${words}, ${today}::date)`);
    return { about: [family], family };
  },
});

export const holdSupervision = action({
  name: 'supervision.hold',
  title: 'Write down a supervision',
  who: managers,
  about: 'nobody',
  input: z.object({
    account: id('Choose a worker'),
    heldOn: day('Enter the day of the supervision'),
    words: optionalText(20_000),
  }),
  async run({ rows, today }, { account, heldOn, words }) {
    if (Temporal.PlainDate.compare(heldOn, today) > 0)
      throw invalid({ heldOn: 'Enter a day that is today or earlier' });
    const [made] = await rows.many<{ id: string }>(sql`
      insert into record.supervision (worker, held_on, words) values (${account}::uuid, ${heldOn}::date, nullif(${words}, ''))
      returning id`);
    if (made === undefined) throw notFound();
    await rows.run(sql`
      select platform.tell(${account}::uuid, 'The notes of your supervision are written.', ${`/supervision/${made.id}`})`);
    return { about: [], supervision: made.id };
  },
});

/** What was said about the work with one family: it is part of that family's record. */
export const aboutFamily = action({
  name: 'supervision.about-family',
  title: 'Write down what was said in supervision about the work with a family',
  who: managers,
  about: 'the family',
  input: z.object({
    supervision: id(),
    family: familyId(),
    words: text(5000, 'Write what was said about the work with this family'),
  }),
  async run({ rows }, { supervision, family, words }) {
    if ((await familyName(rows, family)) === undefined) throw notFound();
    const written = await rows.run(sql`
      insert into record.supervision_family (supervision_id, family_id, words, worker, held_on)
      select s.id, ${family}::uuid, ${words}, s.worker, s.held_on from record.supervision s
      where s.id = ${supervision}::uuid and s.manager = access.account_id()`);
    if (written === 0) throw notFound();
    return { about: [family], family, supervision };
  },
});
