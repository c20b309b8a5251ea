import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Identity, postAs } from '../../platform/access/identity.ts';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { id, optionalText, several, text, version } from '../../platform/actions/fields.ts';
import type { Rows } from '../../platform/database/rows.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { happened } from '../chronology/happened.ts';
import { familyName } from '../families/records.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { clocksOn, dueBy, holidaysHere } from '../tasks/clocks.ts';
import { addTask, sees } from '../tasks/tasks.ts';
import { candidatesOf, guestsFrom, type Opened, recordFrom } from './entered.ts';
import { planFields, recordFields, sendingFields } from './fields.ts';
import { one } from './queries.ts';
import { oneMeeting, standingOfMeeting } from './records.ts';
import { cancelledAlready, notSigned, refusals, signedAlready } from './refusals.ts';
import {
  type Asked,
  cancelMeeting,
  holdRecord,
  insertMeeting,
  insertPaper,
  kindInUse,
  signMeeting,
  updateMeeting,
  type Written,
  writeCorrection,
  writeGuests,
  writePeople,
  writeRecord,
  writeSent,
} from './writing.ts';

const writtenAs = (identity: Identity): string => {
  const post = postAs(identity, practitioners);
  return post ? `${post.roleTitle}, ${post.teamName}` : '';
};

/** Tells the colleagues who are asked to a meeting something of it; nothing personal stands in the words. */
async function tellGuests(
  rows: Rows,
  guests: readonly Pick<Asked, 'account'>[],
  words: string,
  meeting: string,
  family: string,
): Promise<void> {
  const accounts = guests.flatMap(({ account }) => (account === null ? [] : [account]));
  if (accounts.length > 0)
    await rows.run(sql`
      select platform.tell(account, ${words}, ${`/meetings/${meeting}`}, array[${family}::uuid]) from unnest(${accounts}::uuid[]) account`);
}

/** A meeting that can still be changed, or a Problem that says why not. */
async function open(rows: Rows, meeting: string): Promise<{ family: string }> {
  const stands = await standingOfMeeting(rows, meeting);
  if (stands === undefined) throw notFound();
  if (stands.signed) throw signedAlready();
  if (stands.cancelled) throw cancelledAlready();
  return stands;
}

async function checkPeople(
  rows: Rows,
  family: string,
  meeting: string,
  people: readonly string[],
): Promise<void> {
  if ((await writePeople(rows, family, meeting, people)) < new Set(people).size)
    throw invalid({ people: 'Choose people who are in this family' });
}

export const plan = action({
  name: 'meetings.plan',
  title: 'Plan a meeting about a family',
  who: practitioners,
  about: 'the family, and those the meeting is about',
  input: z.object({ family: familyId(), kind: z.string().max(60), ...planFields }),
  async run({ rows, today }, { family, kind, people, asked, others, othersNamed, ...when }) {
    if ((await familyName(rows, family)) === undefined) throw notFound();
    const of = await kindInUse(rows, kind);
    if (of === undefined) throw invalid({ kind: 'Choose what kind of meeting it is' });
    const guests = guestsFrom({ asked, others, othersNamed }, await candidatesOf(rows, family, today));
    const meeting = await insertMeeting(rows, family, of, when);
    await checkPeople(rows, family, meeting, people);
    await writeGuests(rows, family, meeting, guests);
    await tellGuests(rows, guests, 'You are asked to come to a meeting about a family.', meeting, family);
    return { about: [family, ...people], family, meeting };
  },
});

export const change = action({
  name: 'meetings.change',
  title: 'Change when a meeting is, or who is asked',
  who: practitioners,
  about: 'the family, and those the meeting is about',
  input: z.object({ meeting: id(), version: version(), ...planFields }),
  async run({ rows, today }, { meeting, version: seen, people, asked, others, othersNamed, ...when }) {
    const { family } = await open(rows, meeting);
    const guests = guestsFrom(
      { asked, others, othersNamed },
      new Map([...(await guestsThere(rows, meeting)), ...(await candidatesOf(rows, family, today))]),
    );
    if ((await updateMeeting(rows, meeting, seen, when)) === 0) throw changedMeanwhile();
    await checkPeople(rows, family, meeting, people);
    await writeGuests(rows, family, meeting, guests);
    await tellGuests(rows, guests, 'A meeting to which you are asked was changed.', meeting, family);
    return { about: [family, ...people], family, meeting };
  },
  refusals,
});

/** Those who are asked already, as candidates: they can stay although they have left the family or its network. */
async function guestsThere(rows: Rows, meeting: string) {
  const found = await rows.many<{
    kind: 'person' | 'account' | 'professional';
    id: string;
    name: string;
  }>(sql`
    select case when g.person_id is not null then 'person' when g.account_id is not null then 'account' else 'professional' end as kind,
      coalesce(g.person_id, g.account_id, g.professional_id) as id, coalesce(g.name, '') as name
    from record.meeting_guest g
    where g.meeting_id = ${meeting}::uuid and num_nonnulls(g.person_id, g.account_id, g.professional_id) = 1`);
  return found.map((each) => [`${each.kind}:${each.id}`, { ...each, more: null }] as const);
}

export const cancel = action({
  name: 'meetings.cancel',
  title: 'Call a meeting off, and say why',
  who: practitioners,
  about: 'the family',
  input: z.object({ meeting: id(), version: version(), because: text(1000, 'Say why it is called off') }),
  async run({ rows }, { meeting, version: seen, because }) {
    const { family } = await open(rows, meeting);
    if ((await cancelMeeting(rows, meeting, seen, because)) === 0) throw changedMeanwhile();
    const guests = (await guestsThere(rows, meeting)).map(([, each]) => ({
      account: each.kind === 'account' ? each.id : null,
    }));
    await tellGuests(rows, guests, 'A meeting to which you were asked is called off.', meeting, family);
    return { about: [family], family, meeting };
  },
  refusals,
});

/** By when the notes go out and people meet again, by the clocks of the day on which the meeting was held. */
async function timesAfter(rows: Rows, kind: string, held: Written, quorum: boolean) {
  const of = await kindInUse(rows, kind);
  const [clocks, holidays] = [await clocksOn(rows, held.on), await holidaysHere(rows)];
  const by = (clock: string | null | undefined) => {
    const found = clock ? clocks.get(clock) : undefined;
    return found && dueBy(found, held.on, holidays);
  };
  return {
    notesBy: by(of?.notes_clock),
    againBy: (quorum ? undefined : by(of?.again_clock)) ?? held.nextOn ?? by(of?.next_clock),
  };
}

/** What was agreed to be done goes into the lists of those who do it. */
async function giveTasks(
  { rows }: Doing,
  of: { family: string; meeting: string; people: readonly string[] },
  actions: Written['actions'],
): Promise<void> {
  for (const [index, { what, owner, ownerName, due }] of actions.entries()) {
    const account = /^account:(.*)$/.exec(owner)?.[1];
    if (account !== undefined && !(await sees(rows, account, of.family)))
      throw invalid({
        [`actions.${index}.owner`]: 'Choose somebody who works with this family, or write somebody’s name',
      });
    await addTask(rows, {
      family: of.family,
      people: of.people,
      what,
      owner: account === undefined ? { named: ownerName.slice(0, 200) } : { account },
      due,
      from: { area: 'meetings', id: of.meeting },
    });
  }
}

export const write = action({
  name: 'meetings.write',
  title: 'Write down what was said and decided at a meeting',
  who: practitioners,
  about: 'the family, and those the meeting is about',
  input: z.object({ meeting: id(), version: version(), ...recordFields }),
  async run(doing, { meeting, version: seen, ...entered }) {
    const { rows, today, identity } = doing;
    const { family } = await open(rows, meeting);
    const [stands] = await rows.rows(one.row, oneMeeting(meeting));
    if (stands === undefined) throw notFound();
    const candidates = await candidatesOf(rows, family, today);
    const people = stands.people.map((each) => each.id);
    const opened: Opened = {
      ...stands,
      questions: stands.answers.map(({ question }) => question),
      people: new Set([
        ...people,
        ...stands.guests.flatMap(({ person }) => (person === null ? [] : [person])),
        ...[...candidates.values()].flatMap((each) => (each.kind === 'person' ? [each.id] : [])),
      ]),
    };
    const { written, quorum, words } = recordFrom(entered, opened, candidates, today);
    if ((await holdRecord(rows, meeting, seen, written)) === 0) throw changedMeanwhile();
    await writeRecord(rows, family, meeting, written);
    const signed = entered.finish === 'sign';
    if (signed) {
      await giveTasks(doing, { family, meeting, people }, written.actions);
      const times = await timesAfter(rows, stands.kind, written, quorum);
      await signMeeting(rows, meeting, { as: writtenAs(identity), quorum, quorumWords: words, ...times });
      await happened(rows, {
        family,
        people,
        kind: 'meeting',
        on: written.on,
        what: quorum ? stands.title : `${stands.title}. ${words}`,
        from: { area: 'meetings', id: meeting },
      });
    }
    return { about: [family, ...people], family, meeting, signed, quorum };
  },
  refusals,
});

export const addPaper = action({
  name: 'meetings.add-paper',
  title: 'Add a paper for a meeting',
  who: practitioners,
  about: 'the family',
  input: z.object({
    meeting: id(),
    title: text(200, 'Say what this paper is'),
    words: optionalText(50_000),
    kept: optionalText(50_000),
    keptTo: several(id()),
    why: optionalText(500),
  }),
  async run({ rows, identity }, { meeting, ...paper }) {
    const { family } = await open(rows, meeting);
    const wrong: Record<string, string> = {};
    if (paper.words === '' && paper.kept === '') wrong.words = 'Write the paper';
    if (paper.kept !== '' && paper.why === '') wrong.why = 'Say why this part is kept to some people';
    if (paper.kept !== '' && paper.keptTo.length === 0) wrong.keptTo = 'Choose who may read this part';
    const readers = new Set(paper.keptTo);
    for (const reader of readers)
      if (reader !== identity.account && !(await sees(rows, reader, family)))
        wrong.keptTo = 'Choose people who work with this family';
    if (Object.keys(wrong).length > 0) throw invalid(wrong);
    const made = await insertPaper(rows, meeting, { ...paper, keptTo: [...readers] });
    if (made === undefined) throw notFound();
    return { about: [family], family, meeting, paper: made };
  },
  refusals,
});

/** A meeting whose record is signed. */
async function signedOne(rows: Rows, meeting: string): Promise<{ family: string }> {
  const stands = await standingOfMeeting(rows, meeting);
  if (stands === undefined) throw notFound();
  if (!stands.signed) throw notSigned();
  return stands;
}

export const sendNotes = action({
  name: 'meetings.send-notes',
  title: 'Say who was given the notes of a meeting',
  who: practitioners,
  about: 'the family',
  input: z.object({ meeting: id(), ...sendingFields }),
  async run({ rows, today }, { meeting, ...sent }) {
    const { family } = await signedOne(rows, meeting);
    if (Temporal.PlainDate.compare(sent.on, today) > 0)
      throw invalid({ on: 'Enter today or an earlier day' });
    if ((await writeSent(rows, meeting, sent)) === 0)
      throw new Problem(409, 'sent-already', 'It is written down already that they were given the notes');
    return { about: [family], family, meeting };
  },
  refusals,
});

export const correct = action({
  name: 'meetings.correct',
  title: 'Add a correction beside the record of a meeting',
  who: practitioners,
  about: 'the family',
  input: z.object({
    meeting: id(),
    words: text(10_000, 'Write what should be known'),
    why: text(1000, 'Say why you add this'),
  }),
  async run({ rows, identity }, { meeting, words, why }) {
    const { family } = await signedOne(rows, meeting);
    await writeCorrection(rows, meeting, { words, why, as: writtenAs(identity) });
    return { about: [family], family, meeting };
  },
  refusals,
});
