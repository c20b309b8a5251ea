import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Coming } from './rules.ts';

// The SQL that plans a meeting, writes its record, and signs it.

export interface Kind {
  id: string;
  title: string;
  asked: string[];
  must_come: string[];
  least: number;
  chairs: number;
  questions: string[];
  notes_clock: string | null;
  next_clock: string | null;
  again_clock: string | null;
}

/** A kind of meeting that is in use. */
export async function kindInUse(rows: Rows, kind: string): Promise<Kind | undefined> {
  const [found] = await rows.many<Kind>(sql`
    select k.id, k.title, k.asked, k.must_come, k.least, k.chairs, k.questions, k.notes_clock, k.next_clock, k.again_clock
    from record.meeting_kind k where k.id = ${kind} and k.used`);
  return found;
}

/** Somebody who is asked: one of the three ids, or a name alone. */
export interface Asked {
  key: string;
  person: string | null;
  account: string | null;
  professional: string | null;
  name: string | null;
  role: string;
  chair: boolean;
}

export interface Plan {
  purpose: string;
  on: Temporal.PlainDate;
  at?: string | undefined;
  minutes: number;
  room: string;
  gettingThere: string;
}

/** Writes a meeting that is to be held, with what its kind asks for today, and gives its id. */
export async function insertMeeting(rows: Rows, family: string, kind: Kind, plan: Plan): Promise<string> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.meeting (family_id, kind_id, title, purpose, asked, must_come, least, chairs, meets_on, meets_at, minutes, room,
      getting_there)
    values (${family}::uuid, ${kind.id}, ${kind.title}, ${plan.purpose}, ${kind.asked}, ${kind.must_come}, ${kind.least}, ${kind.chairs},
      ${plan.on}::date, ${plan.at ?? null}::time, ${plan.minutes}, ${plan.room}, ${plan.gettingThere}) returning id`);
  if (made === undefined) throw new Error('the meeting was not written');
  await rows.run(sql`
    insert into record.meeting_answer (meeting_id, family_id, position, question)
    select ${made.id}::uuid, ${family}::uuid, position, question from unnest(${kind.questions}::text[]) with ordinality q (question, position)`);
  return made.id;
}

/** Changes when and where a meeting is held, if it is still at this version and not signed; how many rows that was. */
export const updateMeeting = (rows: Rows, id: string, version: number, plan: Plan): Promise<number> =>
  rows.run(sql`
    update record.meeting set purpose = ${plan.purpose}, meets_on = ${plan.on}::date, meets_at = ${plan.at ?? null}::time,
      minutes = ${plan.minutes}, room = ${plan.room}, getting_there = ${plan.gettingThere}, version = version + 1
    where id = ${id}::uuid and version = ${version} and signed_at is null and cancelled_at is null`);

/** Makes these the people that a meeting is about; how many of them are in the family. */
export async function writePeople(
  rows: Rows,
  family: string,
  id: string,
  people: readonly string[],
): Promise<number> {
  await rows.run(sql`
    delete from record.meeting_person where meeting_id = ${id}::uuid and person_id <> all (${[...people]}::uuid[])`);
  await rows.run(sql`
    insert into record.meeting_person (meeting_id, family_id, person_id)
    select distinct ${id}::uuid, ${family}::uuid, m.person_id from record.family_member m
    where m.family_id = ${family}::uuid and m.person_id = any (${[...people]}::uuid[]) on conflict do nothing`);
  const there = await rows.many(sql`select from record.meeting_person mp where mp.meeting_id = ${id}::uuid`);
  return there.length;
}

const keyOf = sql`coalesce('person:' || g.person_id, 'account:' || g.account_id, 'professional:' || g.professional_id, 'named:' || lower(g.name))`;

/** Makes these the guests of a meeting. Those who were there stay as they are, with whether they came. */
export async function writeGuests(
  rows: Rows,
  family: string,
  id: string,
  guests: readonly Asked[],
): Promise<void> {
  const each = <T>(pick: (guest: Asked) => T) => guests.map(pick);
  const keys = each(({ key }) => key);
  await rows.run(
    sql`delete from record.meeting_guest g where g.meeting_id = ${id}::uuid and ${keyOf} <> all (${keys}::text[])`,
  );
  const wanted = sql`unnest(${keys}::text[], ${each(({ person }) => person)}::uuid[], ${each(({ account }) => account)}::uuid[],
    ${each(({ professional }) => professional)}::uuid[], ${each(({ name }) => name)}::text[], ${each(({ role }) => role)}::text[],
    ${each(({ chair }) => chair)}::boolean[]) with ordinality as want (key, person, account, professional, name, role, chair, position)`;
  await rows.run(sql`
    update record.meeting_guest g set role = want.role, chair = want.chair, position = want.position
    from ${wanted} where g.meeting_id = ${id}::uuid and ${keyOf} = want.key
      and (g.role, g.chair, g.position) is distinct from (want.role, want.chair, want.position)`);
  await rows.run(sql`
    insert into record.meeting_guest (meeting_id, family_id, position, person_id, account_id, professional_id, name, role, chair)
    select ${id}::uuid, ${family}::uuid, want.position, want.person, want.account, want.professional, want.name, want.role, want.chair
    from ${wanted}
    where not exists (select from record.meeting_guest g where g.meeting_id = ${id}::uuid and ${keyOf} = want.key)`);
}

/** Calls a meeting off, if it is still at this version; how many rows that was. */
export const cancelMeeting = (rows: Rows, id: string, version: number, because: string): Promise<number> =>
  rows.run(sql`
    update record.meeting set cancelled_at = now(), cancelled_because = ${because}, version = version + 1
    where id = ${id}::uuid and version = ${version} and signed_at is null and cancelled_at is null`);

export interface Written {
  on: Temporal.PlainDate;
  came: readonly { guest: string; came: Coming | undefined }[];
  said: string;
  answers: readonly string[];
  views: readonly {
    words: string;
    person?: string | undefined;
    whose: string;
    asSaid: boolean;
    done: string;
  }[];
  decisions: readonly { what: string; why: string; by: string; decided: boolean }[];
  dissents: readonly { words: string; whose: string; about: number | undefined }[];
  actions: readonly {
    what: string;
    owner: string;
    ownerName: string;
    due: Temporal.PlainDate | undefined;
  }[];
  nextOn: Temporal.PlainDate | undefined;
}

/** Takes hold of an unsigned meeting at a version, to write its record; how many rows that was. */
export const holdRecord = (rows: Rows, id: string, version: number, written: Written): Promise<number> =>
  rows.run(sql`
    update record.meeting set meets_on = ${written.on}::date, said = ${written.said}, next_on = ${written.nextOn ?? null}::date, begun = true,
      version = version + 1
    where id = ${id}::uuid and version = ${version} and signed_at is null and cancelled_at is null`);

/** Writes what belongs to the record of a meeting, in place of what was kept before. */
export async function writeRecord(rows: Rows, family: string, id: string, written: Written): Promise<void> {
  const { came, answers, views, decisions, dissents, actions } = written;
  const of = sql`${id}::uuid, ${family}::uuid`;
  await rows.run(sql`delete from record.meeting_dissent where meeting_id = ${id}::uuid`);
  await rows.run(sql`delete from record.meeting_decision where meeting_id = ${id}::uuid`);
  await rows.run(sql`delete from record.meeting_view where meeting_id = ${id}::uuid`);
  await rows.run(sql`delete from record.meeting_action where meeting_id = ${id}::uuid`);
  await rows.run(sql`
    update record.meeting_guest g set came = now_.came
    from unnest(${came.map((each) => each.guest)}::uuid[], ${came.map((each) => each.came ?? null)}::text[]) now_ (guest, came)
    where g.id = now_.guest and g.meeting_id = ${id}::uuid`);
  await rows.run(sql`
    update record.meeting_answer a set answer = given.answer
    from unnest(${[...answers]}::text[]) with ordinality given (answer, position)
    where a.meeting_id = ${id}::uuid and a.position = given.position and a.answer <> given.answer`);
  await rows.run(sql`
    insert into record.meeting_view (meeting_id, family_id, position, person_id, whose, as_said, words, done_about_it)
    select ${of}, position, person, case when person is null then whose end, as_said, words, done from unnest(
      ${views.map((each) => each.person ?? null)}::uuid[], ${views.map((each) => each.whose)}::text[],
      ${views.map((each) => each.asSaid)}::boolean[], ${views.map((each) => each.words)}::text[],
      ${views.map((each) => each.done)}::text[]) with ordinality v (person, whose, as_said, words, done, position)`);
  await rows.run(sql`
    insert into record.meeting_decision (meeting_id, family_id, position, what, why, decided, decided_by)
    select ${of}, position, what, why, decided, by from unnest(
      ${decisions.map((each) => each.what)}::text[], ${decisions.map((each) => each.why)}::text[],
      ${decisions.map((each) => each.decided)}::boolean[], ${decisions.map((each) => each.by)}::uuid[])
      with ordinality d (what, why, decided, by, position)`);
  await rows.run(sql`
    insert into record.meeting_dissent (meeting_id, family_id, position, whose, about, words)
    select ${of}, position, whose, about, words from unnest(
      ${dissents.map((each) => each.whose)}::uuid[], ${dissents.map((each) => each.about ?? null)}::smallint[],
      ${dissents.map((each) => each.words)}::text[]) with ordinality d (whose, about, words, position)`);
  await rows.run(sql`
    insert into record.meeting_action (meeting_id, family_id, position, what, owner, owner_name, due)
    select ${of}, position, what, owner, owner_name, due from unnest(
      ${actions.map((each) => each.what)}::text[], ${actions.map((each) => each.owner)}::text[],
      ${actions.map((each) => each.ownerName)}::text[], ${actions.map((each) => each.due ?? null)}::date[])
      with ordinality a (what, owner, owner_name, due, position)`);
}

/** Signs the record of a meeting; from then on the database refuses every change to it. */
export const signMeeting = (
  rows: Rows,
  id: string,
  signed: {
    as: string;
    quorum: boolean;
    quorumWords: string;
    notesBy: Temporal.PlainDate | undefined;
    againBy: Temporal.PlainDate | undefined;
  },
): Promise<number> =>
  rows.run(sql`
    update record.meeting set signed_at = now(), signed_by = access.account_id(), signed_as = ${signed.as}, quorum = ${signed.quorum},
      quorum_words = ${signed.quorumWords}, notes_by = ${signed.notesBy ?? null}::date, again_by = ${signed.againBy ?? null}::date
    where id = ${id}::uuid and signed_at is null and cancelled_at is null`);

/** Writes a paper for a meeting that is not signed; its id, or nothing when there is no such meeting. */
export async function insertPaper(
  rows: Rows,
  meeting: string,
  paper: { title: string; words: string; kept: string; why: string; keptTo: readonly string[] },
): Promise<string | undefined> {
  const [made] = await rows.many<{ id: string }>(sql`
    insert into record.meeting_paper (meeting_id, family_id, title, words, kept_part)
    select m.id, m.family_id, ${paper.title}, ${paper.words}, ${paper.kept !== ''} from record.meeting m where m.id = ${meeting}::uuid
    returning id`);
  if (made !== undefined && paper.kept !== '')
    await rows.run(sql`
      insert into record.meeting_paper_kept (paper_id, meeting_id, family_id, words, why, kept_to)
      select ${made.id}::uuid, m.id, m.family_id, ${paper.kept}, ${paper.why}, ${[...paper.keptTo]}::uuid[]
      from record.meeting m where m.id = ${meeting}::uuid`);
  return made?.id;
}

/** Notes to whom the notes of a signed meeting were given; how many of them had not been given them before. */
export const writeSent = (
  rows: Rows,
  meeting: string,
  sent: { guests: readonly string[]; how: string; on: Temporal.PlainDate },
): Promise<number> =>
  rows.run(sql`
    insert into record.meeting_sent (meeting_id, family_id, guest_id, how, sent_on)
    select g.meeting_id, g.family_id, g.id, ${sent.how}, ${sent.on}::date from record.meeting_guest g
    where g.meeting_id = ${meeting}::uuid and g.id = any (${[...sent.guests]}::uuid[]) on conflict (guest_id) do nothing`);

/** Writes a correction beside a signed record. */
export const writeCorrection = (
  rows: Rows,
  meeting: string,
  correction: { words: string; why: string; as: string },
): Promise<number> =>
  rows.run(sql`
    insert into record.meeting_correction (meeting_id, family_id, words, why, written_as)
    select m.id, m.family_id, ${correction.words}, ${correction.why}, ${correction.as} from record.meeting m
    where m.id = ${meeting}::uuid`);
