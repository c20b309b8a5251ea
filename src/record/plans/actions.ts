import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { day, id, oneOf, optionalText, several, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { familyName } from '../families/records.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { holderKind, memberName } from '../tasks/records.ts';
import { sees, type TaskOwner } from '../tasks/tasks.ts';
import { actionFields, firstAction, needFields, planFields, progressFields, viewFields } from './fields.ts';
import { holderName, peopleOf, planOf, type Standing, standing } from './records.ts';
import { endedAlready, takenOutAlready } from './refusals.ts';
import {
  type ActionFields,
  insertAction,
  insertNeed,
  insertPlan,
  insertView,
  takeOut,
  touch,
  updateAction,
  updateNeed,
  updatePlan,
  updateView,
} from './writing.ts';

const notLater = (on: Temporal.PlainDate, today: Temporal.PlainDate): void => {
  if (Temporal.PlainDate.compare(on, today) > 0) throw invalid({ on: 'Enter today or an earlier day' });
};

const about = 'the family, and the children whose plan it is';

/** A plan that can be changed: "not found" when there is none, and a Problem when it has ended. */
async function openPlan({ rows }: Doing, plan: string): Promise<Standing> {
  const stands = await standing(rows, plan);
  if (stands === undefined) throw notFound();
  if (stands.state === 'ended') throw endedAlready();
  return stands;
}

/** Counts the change of a part on its plan, and answers for the audit trail. */
async function changed({ rows }: Doing, plan: string, { family }: Standing) {
  if ((await touch(rows, plan)) === 0) throw endedAlready();
  return { about: [family, ...(await peopleOf(rows, plan))], family, plan };
}

/** The plan that a part is of, when it can be changed: a Problem when it has ended. */
async function partOf(doing: Doing, part: 'view' | 'need' | 'action', of: string) {
  const found = await planOf(doing.rows, part, of);
  if (found === undefined) throw notFound();
  return { ...found, stands: await openPlan(doing, found.plan) };
}

/** The same, for whoever would write in the part: a Problem when it was taken out meanwhile. */
async function openPart(doing: Doing, part: 'view' | 'need' | 'action', of: string) {
  const found = await partOf(doing, part, of);
  if (found.takenOut) throw takenOutAlready();
  return found;
}

export const begin = action({
  name: 'plans.begin',
  title: 'Begin a plan for a child',
  who: practitioners,
  about,
  input: z.object({
    family: familyId(),
    people: several(id()).refine((people) => people.length > 0, 'Choose whose plan this is'),
    ...planFields,
  }),
  async run({ rows, today }, { family, people, ...fields }) {
    if ((await familyName(rows, family)) === undefined) throw notFound();
    notLater(fields.on, today);
    const persons = [...new Set(people)];
    const made = await insertPlan(rows, family, persons, fields);
    if (made.people < persons.length) throw invalid({ people: 'Choose people who are in this family' });
    return { about: [family, ...persons], family, plan: made.id };
  },
});

export const change = action({
  name: 'plans.change',
  title: 'Change why there is a plan, and how much help it is',
  who: practitioners,
  about,
  input: z.object({ plan: id(), version: version(), ...planFields }),
  async run(doing, { plan, version: opened, ...fields }) {
    const { family } = await openPlan(doing, plan);
    notLater(fields.on, doing.today);
    if ((await updatePlan(doing.rows, plan, opened, fields)) === 0) throw changedMeanwhile();
    return { about: [family, ...(await peopleOf(doing.rows, plan))], family, plan };
  },
});

/** Whose view it is, by name: of the family by who they are, anybody else as written. */
async function speaker(
  { rows, today }: Doing,
  family: string,
  view: { person?: string | undefined; name: string; on: Temporal.PlainDate },
): Promise<string> {
  notLater(view.on, today);
  if (view.person !== undefined) {
    const name = await memberName(rows, family, view.person);
    if (name === undefined) throw invalid({ person: 'Choose somebody who is in this family' });
    return name;
  }
  if (view.name === '') throw invalid({ person: 'Choose who says it, or write their name' });
  return view.name;
}

export const say = action({
  name: 'plans.say',
  title: 'Write down what somebody says of a plan',
  who: practitioners,
  about,
  input: z.object({ plan: id(), ...viewFields }),
  async run(doing, { plan, ...view }) {
    const stands = await openPlan(doing, plan);
    const name = await speaker(doing, stands.family, view);
    const made = await insertView(doing.rows, plan, stands.family, { ...view, person: view.person, name });
    return { ...(await changed(doing, plan, stands)), view: made };
  },
});

export const changeView = action({
  name: 'plans.change-view',
  title: 'Put right what is written of somebody’s view, or say how it was acted on',
  who: practitioners,
  about,
  input: z.object({ view: id(), version: version(), ...viewFields }),
  async run(doing, { view, version: opened, ...fields }) {
    const { plan, stands } = await openPart(doing, 'view', view);
    const name = await speaker(doing, stands.family, fields);
    if ((await updateView(doing.rows, view, opened, { ...fields, person: fields.person, name })) === 0)
      throw changedMeanwhile();
    return changed(doing, plan, stands);
  },
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const noOwner = () => invalid({ owner: 'Choose who does it from the list, or write somebody’s name' });

/** Whoever is to do it, with their name as it reads today; nobody when nobody was chosen. */
async function ownerFrom(
  { rows }: Doing,
  family: string,
  { owner, named }: { owner: string; named: string },
): Promise<{ owner: TaskOwner; ownerName: string } | { owner: undefined; ownerName: undefined }> {
  if (named !== '') return { owner: { named }, ownerName: named };
  if (owner === '') return { owner: undefined, ownerName: undefined };
  const [, person] = /^person:(.*)$/.exec(owner) ?? [];
  if (person !== undefined) {
    const name = uuid.test(person) ? await memberName(rows, family, person) : undefined;
    if (name === undefined) throw noOwner();
    return { owner: { named: name }, ownerName: name };
  }
  const kind = uuid.test(owner) ? await holderKind(rows, owner) : undefined;
  if (kind === undefined) throw noOwner();
  if (!(await sees(rows, owner, family)))
    throw invalid({ owner: 'Choose somebody who works with this family, or write somebody’s name' });
  const ownerName = (await holderName(rows, owner)) ?? '';
  return { owner: kind === 'post' ? { post: owner } : { account: owner }, ownerName };
}

async function actionFrom(
  doing: Doing,
  family: string,
  given: {
    what: string;
    owner: string;
    named: string;
    due?: Temporal.PlainDate | undefined;
    intended?: string;
  },
): Promise<ActionFields> {
  const { what, due, intended = '' } = given;
  return { what, due, intended, ...(await ownerFrom(doing, family, given)) };
}

export const addNeed = action({
  name: 'plans.add-need',
  title: 'Write down what a child needs, and what will be done',
  who: practitioners,
  about,
  input: z.object({ plan: id(), ...needFields, ...firstAction }),
  async run(doing, { plan, what, owner, named, due, ...fields }) {
    const stands = await openPlan(doing, plan);
    if (what === '' && (owner !== '' || named !== '' || due !== undefined))
      throw invalid({ what: 'Write what will be done' });
    const need = await insertNeed(doing.rows, plan, stands.family, {
      ...fields,
      indicator: fields.indicator,
    });
    if (what !== '')
      await insertAction(
        doing.rows,
        need,
        await actionFrom(doing, stands.family, { what, owner, named, due }),
      );
    return { ...(await changed(doing, plan, stands)), need };
  },
});

export const changeNeed = action({
  name: 'plans.change-need',
  title: 'Change what is written of a need, or what is seen of it since',
  who: practitioners,
  about,
  input: z.object({ id: id(), version: version(), ...needFields, ...progressFields }),
  async run(doing, { id: of, version: opened, ...fields }) {
    const { plan, stands } = await openPart(doing, 'need', of);
    if ((await updateNeed(doing.rows, of, opened, { ...fields, indicator: fields.indicator })) === 0)
      throw changedMeanwhile();
    return changed(doing, plan, stands);
  },
});

export const addAction = action({
  name: 'plans.add-action',
  title: 'Write down what will be done for a child, by whom and when',
  who: practitioners,
  about,
  input: z.object({ need: id(), ...actionFields }),
  async run(doing, { need, ...fields }) {
    const { plan, stands } = await openPart(doing, 'need', need);
    const made = await insertAction(doing.rows, need, await actionFrom(doing, stands.family, fields));
    if (made === undefined) throw notFound();
    return { ...(await changed(doing, plan, stands)), action: made };
  },
});

export const changeAction = action({
  name: 'plans.change-action',
  title: 'Change what will be done for a child, or what came of it',
  who: practitioners,
  about,
  input: z.object({ action: id(), version: version(), ...actionFields, observed: optionalText(1000) }),
  async run(doing, { action: of, version: opened, observed, ...fields }) {
    const { plan, stands } = await openPart(doing, 'action', of);
    const written = await actionFrom(doing, stands.family, fields);
    if ((await updateAction(doing.rows, of, opened, { ...written, observed })) === 0)
      throw changedMeanwhile();
    return changed(doing, plan, stands);
  },
});

export const takeOutPart = action({
  name: 'plans.take-out',
  title: 'Take something out of a plan; what was agreed before keeps it',
  who: practitioners,
  about,
  input: z.object({
    part: oneOf(['view', 'need', 'action'], 'Choose what to take out'),
    id: id(),
    version: version(),
  }),
  async run(doing, { part, id: of, version: opened }) {
    const { plan, stands, takenOut } = await partOf(doing, part, of);
    // Whoever comes second finds done what they came for.
    if (takenOut) return { about: [stands.family, ...(await peopleOf(doing.rows, plan))], plan };
    if ((await takeOut(doing.rows, part, of, opened)) === 0) throw changedMeanwhile();
    return changed(doing, plan, stands);
  },
});

/** Fields shared with the actions of agreeing. */
export const agreeFields = {
  on: day('Enter the day it was agreed'),
  reviewOn: day('Enter the day to look at it together again'),
  words: optionalText(5000),
};

export const endFields = { on: day('Enter the day it ended'), why: text(2000, 'Write why the plan ends') };
