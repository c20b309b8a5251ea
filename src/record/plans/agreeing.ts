import { z } from 'zod';
import { postAs } from '../../platform/access/identity.ts';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { day, id, optionalText, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { happened } from '../chronology/happened.ts';
import { practitioners } from '../roles.ts';
import { endTasksOf } from '../tasks/tasks.ts';
import { agreeFields, endFields } from './actions.ts';
import { endTakenOut, intoLists, ownerGone } from './lists.ts';
import { planRow } from './queries.ts';
import { onePlan, peopleOf, planOf, standing } from './records.ts';
import { endedAlready, keptAsAgreed, saidAlready } from './refusals.ts';
import { qualityOf } from './rules.ts';
import {
  actOnComment,
  agreePlan,
  countQuality,
  endPlan,
  insertSent,
  keepEdition,
  writeComment,
} from './writing.ts';

// What makes a plan hold: agreeing it together, sending it to the family, looking at it again, ending it.

const about = 'the family, and the children whose plan it is';
const refusals = { plan_edition_kept: keptAsAgreed, plan_comment_kept: saidAlready };

type Opened = z.output<typeof planRow>;

async function opened({ rows }: Doing, plan: string): Promise<Opened> {
  const [found] = await rows.rows(planRow, onePlan(plan));
  if (found === undefined) throw notFound();
  if (found.state === 'ended') throw endedAlready();
  return found;
}

/** Every action that somebody is to do becomes a task in their list, or the task of it reads as the action does now. */
async function writeLists({ rows }: Doing, plan: string): Promise<void> {
  const gone = await ownerGone(rows, plan);
  if (gone !== undefined)
    throw invalid({
      form: `${gone.owner} does not work with this family any more. Choose who does “${gone.what}”, and agree the plan again`,
    });
  await intoLists(rows, plan);
  await endTakenOut(rows, plan);
}

const wholeOf = ({
  level,
  why,
  child_why,
  compulsory,
  prepared_on,
  lead,
  people,
  views,
  needs,
}: Opened): string =>
  JSON.stringify({
    level,
    why,
    childWhy: child_why,
    compulsory,
    preparedOn: prepared_on,
    lead,
    people,
    views,
    needs,
  });

/** What a plan is judged by, from the plan as it is read. */
export const judged = (plan: Opened) => ({
  why: plan.why,
  reviewOn: plan.review_on,
  agreedOn: plan.agreed_on,
  lead: plan.lead,
  views: plan.views,
  needs: plan.needs,
});

export const agree = action({
  name: 'plans.agree',
  title: 'Agree a plan together, or look at it again and agree what is next',
  who: practitioners,
  about,
  /** `version` is what the plan and all its parts were when it was read (`seen`): nobody agrees to what they have not seen. */
  input: z.object({ plan: id(), version: version(), ...agreeFields }),
  async run(doing, { plan, version: seen, on, reviewOn, words }) {
    const { rows, identity, today } = doing;
    const stands = await opened(doing, plan);
    const wrong: Record<string, string> = {};
    if (Temporal.PlainDate.compare(on, today) > 0) wrong.on = 'Enter today or an earlier day';
    if (stands.agreed_on !== null && Temporal.PlainDate.compare(on, stands.agreed_on) < 0)
      wrong.on = 'Enter a day that is not before it was agreed last';
    if (Temporal.PlainDate.compare(reviewOn, on) <= 0)
      wrong.reviewOn = 'Enter a day after the day it was agreed';
    if (Object.keys(wrong).length > 0) throw invalid(wrong);
    const number = await agreePlan(rows, plan, seen, { on, reviewOn });
    if (number === undefined) throw changedMeanwhile();
    await writeLists(doing, plan);
    const post = postAs(identity, practitioners);
    const as = post ? `${post.roleTitle}, ${post.teamName}` : '';
    const [kept] = await rows.rows(planRow, onePlan(plan));
    if (kept === undefined) throw notFound();
    await keepEdition(
      rows,
      { plan, family: stands.about, number, whole: wholeOf(kept) },
      { on, reviewOn, words, as },
    );
    const quality = qualityOf(judged(stands), on, stands.agreed_on === null ? null : stands.review_on);
    await countQuality(rows, quality, { plan, team: post?.team, on, level: stands.level });
    const persons = stands.people.map(({ id: person }) => person);
    if (number === 1)
      await happened(rows, {
        family: stands.about,
        people: persons,
        kind: 'plan-agreed',
        on,
        what: 'A plan was agreed with the family.',
        from: { area: 'plans', id: plan },
      });
    return { about: [stands.about, ...persons], family: stands.about, plan, number };
  },
  refusals,
});

export const end = action({
  name: 'plans.end',
  title: 'End a plan, and say why',
  who: practitioners,
  about,
  input: z.object({ plan: id(), version: version(), ...endFields }),
  async run(doing, { plan, version: seen, on, why }) {
    const { rows, today } = doing;
    const stands = await opened(doing, plan);
    if (stands.state === 'draft')
      throw new Problem(409, 'not-agreed', 'This plan was never agreed, so it cannot end', {
        detail: 'Go on with it, or leave it as it is.',
      });
    if (Temporal.PlainDate.compare(on, today) > 0) throw invalid({ on: 'Enter today or an earlier day' });
    if (stands.agreed_on !== null && Temporal.PlainDate.compare(on, stands.agreed_on) < 0)
      throw invalid({ on: 'Enter a day that is not before it was agreed' });
    if ((await endPlan(rows, plan, seen, { on, why })) === 0) throw changedMeanwhile();
    await endTasksOf(rows, { area: 'plans', id: plan }, 'The plan has ended');
    const persons = stands.people.map(({ id: person }) => person);
    await happened(rows, {
      family: stands.about,
      people: persons,
      kind: 'plan-ended',
      on,
      what: 'The plan ended.',
      from: { area: 'plans', id: plan },
    });
    return { about: [stands.about, ...persons], family: stands.about, plan };
  },
  refusals,
});

export const send = action({
  name: 'plans.send',
  title: 'Write down that a plan was sent to the family to comment on',
  who: practitioners,
  about,
  input: z.object({
    plan: id(),
    on: day('Enter the day it was sent'),
    toWhom: text(200, 'Write to whom it was sent'),
    how: optionalText(200),
  }),
  async run({ rows, today }, { plan, on, toWhom, how }) {
    const stands = await standing(rows, plan);
    if (stands === undefined) throw notFound();
    if (Temporal.PlainDate.compare(on, today) > 0) throw invalid({ on: 'Enter today or an earlier day' });
    const sent = await insertSent(rows, plan, stands.family, { on, toWhom, how });
    return { about: [stands.family, ...(await peopleOf(rows, plan))], family: stands.family, plan, sent };
  },
});

/** The plan that something sent is of. */
async function sentOf({ rows }: Doing, sent: string) {
  const plan = (await planOf(rows, 'sent', sent))?.plan;
  const stands = plan === undefined ? undefined : await standing(rows, plan);
  if (plan === undefined || stands === undefined) throw notFound();
  return { plan, family: stands.family, about: [stands.family, ...(await peopleOf(rows, plan))] };
}

export const comment = action({
  name: 'plans.comment',
  title: 'Write down what the family says of a plan that was sent to them',
  who: practitioners,
  about,
  input: z.object({
    sent: id(),
    version: version(),
    words: text(5000, 'Write what they said, as they said it'),
    by: text(200, 'Write who said it'),
    on: day('Enter the day they said it'),
  }),
  async run(doing, { sent, version: seen, words, by, on }) {
    const of = await sentOf(doing, sent);
    if (Temporal.PlainDate.compare(on, doing.today) > 0)
      throw invalid({ on: 'Enter today or an earlier day' });
    if ((await writeComment(doing.rows, sent, seen, { words, by, on })) === 0) throw saidAlready();
    return of;
  },
  refusals,
});

export const answerComment = action({
  name: 'plans.answer-comment',
  title: 'Say how what the family said of a plan was acted on',
  who: practitioners,
  about,
  input: z.object({ sent: id(), version: version(), acted: text(2000, 'Write what was done with it') }),
  async run(doing, { sent, version: seen, acted }) {
    const of = await sentOf(doing, sent);
    if ((await actOnComment(doing.rows, sent, seen, acted)) === 0) throw changedMeanwhile();
    return of;
  },
  refusals,
});
