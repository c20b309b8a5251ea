import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import {
  id,
  oneOf,
  optionalDay,
  optionalText,
  several,
  text,
  version,
} from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { familyName } from '../families/records.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import {
  changePeople,
  changeTask,
  endTask,
  holderKind,
  memberName,
  reopenTask,
  taskStands,
  tellMaker,
  tellOwner,
} from './records.ts';
import { endings } from './rules.ts';
import { addTask, sees, type TaskOwner } from './tasks.ts';

const fields = {
  what: text(1000, 'Say what is to be done'),
  /** An account or a post by its id, or somebody in the family as `person:` and their id. */
  owner: optionalText(60),
  /** Somebody else, who has no account here. */
  named: optionalText(200),
  due: optionalDay('Enter a day'),
  people: several(z.uuid()),
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const noOwner = () => invalid({ owner: 'Choose who does this, or write somebody’s name' });

/** Whoever was chosen to do it; a name that was written wins over the list. */
async function ownerFrom(
  { rows }: Doing,
  family: string,
  { owner, named }: { owner: string; named: string },
): Promise<TaskOwner> {
  if (named !== '') return { named };
  const [, person] = /^person:(.*)$/.exec(owner) ?? [];
  if (person !== undefined) {
    const name = uuid.test(person) ? await memberName(rows, family, person) : undefined;
    if (name === undefined) throw noOwner();
    return { named: name };
  }
  const kind = uuid.test(owner) ? await holderKind(rows, owner) : undefined;
  if (kind === undefined) throw noOwner();
  if (!(await sees(rows, owner, family)))
    throw invalid({ owner: 'Choose somebody who works with this family, or write somebody’s name' });
  return kind === 'post' ? { post: owner } : { account: owner };
}

function checkDue(due: Temporal.PlainDate | undefined, today: Temporal.PlainDate): void {
  if (due !== undefined && Temporal.PlainDate.compare(due, today) < 0)
    throw invalid({ due: 'Enter a day that is today or later' });
}

export const add = action({
  name: 'tasks.add',
  title: 'Write down something to do for a family',
  who: practitioners,
  about: 'the family, and those it is about',
  input: z.object({ family: familyId(), ...fields }),
  async run(doing, { family, what, due, people, ...who }) {
    if ((await familyName(doing.rows, family)) === undefined) throw notFound();
    checkDue(due, doing.today);
    const owner = await ownerFrom(doing, family, who);
    const task = await addTask(doing.rows, { family, people, what, owner, due, from: { area: 'tasks' } });
    await tellOwner(doing.rows, owner, task, family);
    return { about: [family, ...people], family, task };
  },
});

/** Why a task could not be changed: it is not there, has come to an end, or was changed by somebody else. */
async function refusal({ rows }: Doing, task: string): Promise<Problem> {
  const stands = await taskStands(rows, task);
  if (stands === undefined) return notFound();
  return stands.state === 'open'
    ? changedMeanwhile()
    : new Problem(409, 'ended-already', 'This is done already, or is not needed any more', {
        detail: 'What you wrote is below. Look at what came of it.',
      });
}

export const done = action({
  name: 'tasks.done',
  title: 'Say that something was done, and what came of it',
  who: practitioners,
  about: 'the family',
  input: z.object({
    task: id(),
    version: version(),
    as: oneOf(endings, 'Choose whether it was done').default('done'),
    outcome: text(2000, 'Say what came of it, in a few words'),
  }),
  async run(doing, input) {
    const stands = await taskStands(doing.rows, input.task);
    if (stands === undefined) throw notFound();
    if ((await endTask(doing.rows, input)) === 0) throw await refusal(doing, input.task);
    await tellMaker(doing.rows, stands.maker, input.task, stands.family);
    return { about: [stands.family], family: stands.family, task: input.task };
  },
});

export const change = action({
  name: 'tasks.change',
  title: 'Change something to do for a family',
  who: practitioners,
  about: 'the family, and those it is about',
  input: z.object({ task: id(), version: version(), ...fields }),
  async run(doing, { task, version: seen, what, due, people, ...who }) {
    const stands = await taskStands(doing.rows, task);
    if (stands === undefined) throw notFound();
    if (due === undefined || stands.due === null || !due.equals(stands.due)) checkDue(due, doing.today);
    const owner = await ownerFrom(doing, stands.family, who);
    if ((await changeTask(doing.rows, { task, version: seen, what, owner, due })) === 0)
      throw await refusal(doing, task);
    await changePeople(doing.rows, task, stands.family, people);
    await tellOwner(doing.rows, owner, task, stands.family);
    return { about: [stands.family, ...people], family: stands.family, task };
  },
});

export const reopen = action({
  name: 'tasks.reopen',
  title: 'Open again something that was said to be done',
  who: practitioners,
  about: 'the family',
  input: z.object({ task: id(), version: version() }),
  async run({ rows }, { task, version: seen }) {
    const stands = await taskStands(rows, task);
    if (stands === undefined) throw notFound();
    if ((await reopenTask(rows, task, seen)) === 0) throw changedMeanwhile();
    return { about: [stands.family], family: stands.family, task };
  },
});
