import { z } from 'zod';
import { action, type Doing } from '../../../platform/actions/declare.ts';
import {
  day,
  id,
  optionalDay,
  optionalId,
  optionalText,
  several,
  text,
  tick,
  version,
} from '../../../platform/actions/fields.ts';
import { dayText } from '../../../platform/days.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../../platform/problem.ts';
import { followSchools } from '../../chronology/following.ts';
import { neverHappened } from '../../chronology/happened.ts';
import { frontLine } from '../../roles.ts';
import { optionalEmail, optionalPhone, since } from '../fields.ts';
import { kindOf, worksThere, writeProfessional, writeRole } from '../records.ts';
import { type During, endingOf, learningKinds } from '../rules.ts';
import {
  changeHelp,
  endEarlierSchool,
  endHelp,
  endSchool,
  familiesOf,
  helpTime,
  schoolTime,
  seen,
  takeOutHelp,
  takeOutSchool,
  workOf,
  writeHelp,
  writeSchool,
} from './records.ts';

const role = () => text(100, 'Enter what they do, for example Health visitor or Class teacher');
const why = () => text(1000, 'Say why this was never so');

/** People and their families, for the trail; "not found" unless whoever asks may see every one of them. */
async function about({ rows }: Doing, people: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(people)];
  const [found, families] = await Promise.all([seen(rows, wanted), familiesOf(rows, wanted)]);
  if (found.length < wanted.length) throw notFound();
  return [...wanted, ...families];
}

function notToCome(on: Temporal.PlainDate | undefined, today: Temporal.PlainDate, field: string): void {
  if (on !== undefined && Temporal.PlainDate.compare(on, today) > 0) {
    throw invalid({ [field]: 'Enter today or an earlier day' });
  }
}

/** Refuses an end on a day on which this cannot end. */
function checkEnd(had: During, on: Temporal.PlainDate): void {
  const ending = endingOf(had, on);
  if (ending === 'ended already') {
    throw new Problem(409, 'ended-already', 'This has ended already', {
      detail: 'Open the page again to see how it stands.',
    });
  }
  if (ending !== 'ends') {
    throw invalid({
      on: `Enter a day after ${had.from ? dayText(had.from) : 'it began'}, when this began. If it was never so, take it out instead`,
    });
  }
}

const newHelper = {
  newName: optionalText(200),
  newPlace: optionalId(),
  newPhone: optionalPhone(),
  newEmail: optionalEmail(),
};
type NewHelper = z.output<z.ZodObject<typeof newHelper>>;

/** Writes down somebody who was not in the list; their id. */
async function meet(
  doing: Doing,
  { newName, newPlace, newPhone, newEmail }: NewHelper,
  does: string,
  from?: Temporal.PlainDate,
) {
  const missing = {
    ...(does === '' ? { role: 'Enter what they do, for example Health visitor or Class teacher' } : {}),
    ...(newPlace === undefined ? { newPlace: 'Choose where they work' } : {}),
  };
  if (newPlace === undefined || does === '') throw invalid(missing);
  if ((await kindOf(doing.rows, newPlace)) === undefined)
    throw invalid({ newPlace: 'Choose a place from the list' });
  if (await worksThere(doing.rows, newPlace, newName, does, doing.today)) {
    throw invalid({
      newName: 'Somebody of this name does this there already. Find them by name, and choose them',
    });
  }
  const professional = await writeProfessional(doing.rows, {
    name: newName,
    phone: newPhone,
    email: newEmail,
  });
  await writeRole(doing.rows, professional, newPlace, does, from);
  return professional;
}

export const addHelper = action({
  name: 'network.add',
  title: 'Write down who else helps somebody',
  who: frontLine,
  about: 'the people who are helped, and their families',
  input: z.object({
    people: several(id()).refine((list) => list.length > 0, 'Choose at least one person'),
    professional: optionalId(),
    account: optionalId(),
    isNew: tick(),
    ...newHelper,
    role: optionalText(100),
    since: since(),
    note: optionalText(1000),
  }),
  async run(doing, { people, professional, account, role: said, since: from, note, isNew: told, ...fresh }) {
    const { rows, today } = doing;
    const them = await about(doing, people);
    notToCome(from, today, 'since');
    if (told && fresh.newName === '') throw invalid({ newName: 'Enter their name' });
    const isNew = fresh.newName !== '';
    if ([professional !== undefined, account !== undefined, isNew].filter(Boolean).length !== 1) {
      throw invalid({ who: 'Choose one person who helps, or write down somebody who is not in the list' });
    }
    const work = isNew ? said : await workOf(rows, { professional, account }, today);
    if (work === undefined) throw invalid({ who: 'Choose somebody from the list' });
    const does = said || work;
    if (!isNew && does === '')
      throw invalid({ role: 'Enter what they do, for example Health visitor or Class teacher' });
    const helper = isNew ? await meet(doing, fresh, does, from) : professional;
    const written = await writeHelp(rows, [...new Set(people)], {
      professional: helper,
      account,
      role: does,
      since: from,
      note,
    });
    if (written === 0) throw invalid({ who: 'They are written down already, as doing this' });
    return { about: them, people, written };
  },
  refusals: { network_once: () => invalid({ who: 'They are written down already, as doing this' }) },
});

export const changeHelper = action({
  name: 'network.change',
  title: 'Change what is written of who else helps somebody',
  who: frontLine,
  about: 'the person who is helped, and their family',
  input: z.object({
    person: id(),
    helper: id(),
    version: version(),
    role: role(),
    since: since(),
    note: optionalText(1000),
  }),
  async run(doing, { person, helper, version: opened, ...help }) {
    const them = await about(doing, [person]);
    const had = await helpTime(doing.rows, person, helper);
    if (had === undefined) throw notFound();
    notToCome(help.since, doing.today, 'since');
    if (
      had.until !== undefined &&
      help.since !== undefined &&
      Temporal.PlainDate.compare(help.since, had.until) >= 0
    ) {
      throw invalid({ since: `Enter a day before ${dayText(had.until)}, when this ended` });
    }
    if ((await changeHelp(doing.rows, helper, opened, help)) === 0) throw changedMeanwhile();
    return { about: them, person, version: opened + 1 };
  },
  refusals: { network_once: () => invalid({ role: 'They are written down already, as doing this' }) },
});

export const endHelper = action({
  name: 'network.end',
  title: 'End that somebody else helps',
  who: frontLine,
  about: 'the person who is helped, and their family',
  input: z.object({ person: id(), helper: id(), on: day('Enter the day they stopped helping') }),
  async run(doing, { person, helper, on }) {
    const them = await about(doing, [person]);
    const had = await helpTime(doing.rows, person, helper);
    if (had === undefined) throw notFound();
    notToCome(on, doing.today, 'on');
    checkEnd(had, on);
    await endHelp(doing.rows, helper, on);
    return { about: them, person };
  },
});

export const takeOutHelper = action({
  name: 'network.take-out',
  title: 'Take out somebody who never helped',
  who: frontLine,
  about: 'the person who was said to be helped, and their family',
  input: z.object({ person: id(), helper: id(), why: why() }),
  async run(doing, { person, helper, why: because }) {
    const them = await about(doing, [person]);
    if ((await helpTime(doing.rows, person, helper)) === undefined) throw notFound();
    await takeOutHelp(doing.rows, helper, because);
    return { about: them, person };
  },
});

export const beginSchool = action({
  name: 'schooling.begin',
  title: 'Write down which school or nursery somebody goes to',
  who: frontLine,
  about: 'the child or young person, and their family',
  input: z.object({
    person: id(),
    place: id('Choose a school or nursery'),
    from: day('Enter the day they began there'),
    until: optionalDay('Enter the day they left'),
    stage: optionalText(60),
  }),
  async run(doing, { person, place, from, until, stage }) {
    const { rows } = doing;
    const them = await about(doing, [person]);
    const kind = await kindOf(rows, place);
    if (kind === undefined || !(learningKinds as readonly string[]).includes(kind)) {
      throw invalid({ place: 'Choose a school or nursery from the list' });
    }
    if (until !== undefined && Temporal.PlainDate.compare(until, from) <= 0) {
      throw invalid({ until: 'Enter a day after the one on which they began there' });
    }
    // With a day on which it ended, this is about a time before: the school they are at now is not left for it.
    if (until === undefined) await endEarlierSchool(rows, person, from);
    await writeSchool(rows, person, place, { from, until }, stage);
    await followSchools(rows, person);
    return { about: them, person };
  },
  refusals: {
    schooling_one_at_a_time: () =>
      invalid({
        from: 'They are written down at a school or nursery in this time already. Give the day this one ended, or correct that one first. If it is not shown, say first why you need it',
      }),
  },
});

export const endSchooling = action({
  name: 'schooling.end',
  title: 'End that somebody goes to a school or nursery',
  who: frontLine,
  about: 'the child or young person, and their family',
  input: z.object({
    person: id(),
    schooling: id('Choose a school or nursery'),
    on: day('Enter the day they left'),
  }),
  async run(doing, { person, schooling, on }) {
    const them = await about(doing, [person]);
    const had = await schoolTime(doing.rows, person, schooling);
    if (had === undefined) throw notFound();
    checkEnd(had, on);
    await endSchool(doing.rows, schooling, on);
    await followSchools(doing.rows, person);
    return { about: them, person };
  },
});

export const takeOutSchooling = action({
  name: 'schooling.take-out',
  title: 'Take out a school or nursery that somebody never went to',
  who: frontLine,
  about: 'the child or young person, and their family',
  input: z.object({ person: id(), schooling: id('Choose a school or nursery'), why: why() }),
  async run(doing, { person, schooling, why: because }) {
    const them = await about(doing, [person]);
    if ((await schoolTime(doing.rows, person, schooling)) === undefined) throw notFound();
    await takeOutSchool(doing.rows, schooling, because);
    await neverHappened(doing.rows, { area: 'schooling', id: schooling });
    return { about: them, person };
  },
});
